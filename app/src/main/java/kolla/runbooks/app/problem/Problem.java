package kolla.runbooks.app.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The body of every refusal, as RFC 9457 describes it.
 *
 * @param type a URN made of the code
 * @param code what to search for, {@code KR-REST-004}
 * @param page where it is explained, relative to the project's root
 * @param host the host concerned, when there is exactly one
 * @param errors each wrong field with what would be right
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String page,
        Optional<String> host,
        List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ErrorCode error, String detail, List<FieldError> errors) {
        return of(error.code(), error.status(), error.title(), detail, Optional.empty(), errors);
    }

    /** For codes that other parts of the program own. */
    public static Problem of(
            String code,
            int status,
            String title,
            String detail,
            Optional<String> host,
            List<FieldError> errors) {
        return new Problem(
                "urn:kolla-runbooks:" + code,
                title,
                status,
                detail,
                code,
                "ops-runbooks/errors/" + code + ".md",
                host,
                List.copyOf(errors));
    }

    /** The same problem under the status that a framework decided on. */
    public Problem withStatus(int other) {
        return new Problem(type, title, other, detail, code, page, host, errors);
    }
}
