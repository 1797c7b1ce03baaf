package kolla.runbooks.rollout;

/** The arithmetic of a quorum. */
public final class Majority {

    private Majority() {}

    /** More than half of so many members. */
    public static int of(int members) {
        return members / 2 + 1;
    }
}
