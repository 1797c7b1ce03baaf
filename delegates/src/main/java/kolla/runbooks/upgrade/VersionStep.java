package kolla.runbooks.upgrade;

/** What is said about one container's way from one version to another. */
sealed interface VersionStep {

    /** It stays what it is. */
    record Same() implements VersionStep {}

    /**
     * It may go.
     *
     * @param note what whoever approves should know; empty where it is an ordinary step
     */
    record Allowed(String note) implements VersionStep {}

    /** It must not; nothing has been touched. */
    record Refused(String why) implements VersionStep {}
}
