package kolla.runbooks.galera.backup;

/** What is known of one host of the database, for a restore. */
public sealed interface RestoreHost {

    String host();

    /** It could not be read: it may run, and may hold anything. */
    record Unread(String host, String why) implements RestoreHost {}

    /**
     * @param member whether it is in a primary component now
     * @param freeBytes on the file system of its data
     * @param movable whether its data can be moved beside themselves without being copied
     */
    record Read(String host, boolean member, long freeBytes, boolean movable)
            implements RestoreHost {}
}
