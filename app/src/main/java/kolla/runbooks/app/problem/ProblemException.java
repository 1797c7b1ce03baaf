package kolla.runbooks.app.problem;

import java.util.List;

/** A request is refused; carries the whole answer. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(ErrorCode error, String detail) {
        this(Problem.of(error, detail, List.of()));
    }

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    /** All wrong fields of a request in one answer. */
    public static ProblemException invalid(List<FieldError> errors) {
        String fields =
                String.join(", ", errors.stream().map(FieldError::field).distinct().toList());
        return new ProblemException(Problem.of(ErrorCode.INVALID, "Not valid: " + fields, errors));
    }

    public static ProblemException notFound(String what) {
        return new ProblemException(ErrorCode.NOT_FOUND, what);
    }

    public Problem problem() {
        return problem;
    }
}
