package kolla.runbooks.app.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import kolla.runbooks.app.problem.ErrorCode;
import kolla.runbooks.app.problem.Failures;
import kolla.runbooks.app.problem.FieldError;
import kolla.runbooks.app.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what is thrown into problem details. What nobody foresaw is logged, not shown. */
@RestControllerAdvice
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e) {
        Throwable cause = e.getCause();
        if (cause instanceof UnrecognizedPropertyException unknown) {
            String known = "one of the fields " + unknown.getKnownPropertyIds();
            return unreadable(
                    "Unknown field: " + path(unknown), FieldError.of(path(unknown), null, known));
        }
        if (cause instanceof MismatchedInputException mismatch) {
            return unreadable(
                    "A value is of the wrong type: " + path(mismatch),
                    FieldError.of(path(mismatch), null, type(mismatch)));
        }
        return cause instanceof JsonProcessingException broken
                ? unreadable("The body is no JSON: " + broken.getOriginalMessage())
                : unreadable("A JSON object is needed");
    }

    private static ResponseEntity<Problem> unreadable(String detail, FieldError... errors) {
        return answer(Problem.of(ErrorCode.UNREADABLE, detail, List.of(errors)));
    }

    @ExceptionHandler
    ResponseEntity<Problem> wrongParameter(MethodArgumentTypeMismatchException e) {
        String type = e.getRequiredType() == null ? "value" : e.getRequiredType().getSimpleName();
        return answer(
                Problem.of(
                        ErrorCode.INVALID,
                        "Not valid: " + e.getName(),
                        List.of(
                                FieldError.of(
                                        e.getName(),
                                        e.getValue(),
                                        type.equals("boolean")
                                                ? "true or false"
                                                : "a whole number"))));
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooMany(TaskRejectedException e) {
        return answer(
                Problem.of(
                        ErrorCode.TOO_MANY,
                        "As many logs as allowed are being followed; try again in a moment",
                        List.of()));
    }

    /** The client went away; there is nobody to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOG.debug("a client went away: {}", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Problem> other(Exception e) {
        if (e instanceof ErrorResponse refused) {
            return answer(ofFramework(refused.getStatusCode(), e));
        }
        return answer(
                Failures.known(e)
                        .orElseGet(
                                () -> {
                                    LOG.error("a request failed in a way that nobody foresaw", e);
                                    return Problem.of(
                                            ErrorCode.UNEXPECTED,
                                            "The program's log says more",
                                            List.of());
                                }));
    }

    private static Problem ofFramework(HttpStatusCode status, Exception e) {
        ErrorCode code =
                switch (status.value()) {
                    case 404 -> ErrorCode.NOT_FOUND;
                    case 405, 406, 415 -> ErrorCode.WRONG_METHOD;
                    case 413 -> ErrorCode.TOO_LARGE;
                    default -> ErrorCode.UNREADABLE;
                };
        return Problem.of(code, Objects.requireNonNullElse(e.getMessage(), ""), List.of())
                .withStatus(status.value());
    }

    private static String path(JsonMappingException e) {
        String path =
                e.getPath().stream()
                        .map(
                                r ->
                                        r.getFieldName() == null
                                                ? "[" + r.getIndex() + "]"
                                                : r.getFieldName())
                        .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    private static String type(MismatchedInputException e) {
        Class<?> target = e.getTargetType();
        if (target == null || target.isRecord()) {
            return "a JSON object";
        }
        return target == String.class ? "text" : "a " + target.getSimpleName();
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
                .body(problem);
    }
}
