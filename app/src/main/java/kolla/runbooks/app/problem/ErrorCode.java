package kolla.runbooks.app.problem;

/** Why a request is refused. Each has a page {@code ops-runbooks/errors/CODE.md}. */
public enum ErrorCode {
    NOT_AUTHENTICATED("KR-REST-001", 401, "Who are you?"),
    NOT_ALLOWED("KR-REST-002", 403, "Not allowed"),
    UNREADABLE("KR-REST-003", 400, "The request could not be read"),
    INVALID("KR-REST-004", 422, "Some values are not valid"),
    NOT_FOUND("KR-REST-005", 404, "There is no such thing"),
    NOT_NOW("KR-REST-006", 409, "Not in the state for it"),
    TOO_LARGE("KR-REST-007", 413, "The body is too large"),
    WRONG_METHOD("KR-REST-008", 405, "Wrong method or media type"),
    UNEXPECTED("KR-REST-009", 500, "Something went wrong in here"),
    TOO_MANY("KR-REST-010", 503, "Too many followers"),
    OTHER_CLUSTER("KR-REST-011", 409, "The ticket belongs to another cluster"),
    CLOSED_WAY("KR-REST-012", 403, "This way in is closed"),
    OTHER_PARAMETERS("KR-REST-013", 409, "The ticket was used with other parameters");

    private final String code;
    private final int status;
    private final String title;

    ErrorCode(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
