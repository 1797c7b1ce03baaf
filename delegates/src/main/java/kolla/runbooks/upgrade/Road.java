package kolla.runbooks.upgrade;

/** Where a roll goes, and so where its way back leads. */
public enum Road {
    /** To a target beside the definition; the definition as it stands is the way back. */
    UPGRADE,
    /** To the definition itself; the way back is what it said before, put back by its owner. */
    RECONFIGURE;

    private static final String RECONFIGURING = "reconfigure";

    /**
     * @param runbook key of the run's process
     */
    public static Road of(String runbook) {
        return runbook.equals(RECONFIGURING) ? RECONFIGURE : UPGRADE;
    }

    /** What rejecting a question does with hosts that have changed; the end of a sentence. */
    String back(String who) {
        return this == UPGRADE
                ? who + " goes back to what is defined"
                : who
                        + " goes back to what the definition says then, so put it back as it was"
                        + " first";
    }
}
