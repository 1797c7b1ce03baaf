package kolla.runbooks.rollout;

/** Why a container is touched. Every restart explains itself with one or more of these. */
public enum RestartReason {
    MISSING("is not there"),
    NOT_RUNNING("is not running"),
    IMAGE("runs another image"),
    ENVIRONMENT("has another environment"),
    VOLUMES("has other volumes"),
    PRIVILEGES("has other privileges or capabilities"),
    HEALTH_CHECK("has another health check"),
    RESTART_POLICY("has another restart policy"),
    LABELS("has other labels"),
    NAMESPACES("has another pid mode or tmpfs"),
    CONFIGURATION("has not taken over its configuration files"),
    ASKED("is to have a new process, as this run was asked");

    private final String text;

    RestartReason(String text) {
        this.text = text;
    }

    /** Completes the sentence "the container …". */
    public String text() {
        return text;
    }
}
