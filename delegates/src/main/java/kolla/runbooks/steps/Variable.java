package kolla.runbooks.steps;

/** The names of process variables, once. Values are ids and small texts. */
public final class Variable {

    public static final String RUN_ID = "runId";
    public static final String CLUSTER = "cluster";
    public static final String TICKET = "ticket";
    public static final String REASON = "reason";
    public static final String STARTER = "starter";
    public static final String PLAN_DIGEST = "planDigest";
    public static final String PLAN_TEXT = "planText";
    public static final String CHANGES_NEEDED = "changesNeeded";
    public static final String DEFINITION_DIGEST = "definitionDigest";
    public static final String PLAN_HOLDS = "planHolds";
    public static final String APPROVAL_EXPIRY = "approvalExpiry";
    public static final String APPROVAL_REMINDER = "approvalReminder";
    public static final String DECISION = "decision";
    public static final String COMMENT = "comment";
    public static final String RESULT = "result";
    public static final String WAVES = "waves";
    public static final String WAVE = "wave";
    public static final String SERVICES = "services";
    public static final String SERVICE = "service";
    public static final String TURNS = "turns";
    public static final String RETURNS = "returns";
    public static final String OUT_TEXT = "outText";
    public static final String BATCHES = "batches";
    public static final String BATCH = "batch";
    public static final String BACKUP_NODE = "backupNode";
    public static final String BACKUP_DESYNC = "backupDesync";
    public static final String BACKUP_BASE = "backupBase";

    public static final String PROPOSAL = "proposal";
    public static final String SILENT_HOSTS = "silentHosts";
    public static final String CANDIDATES = "candidates";
    public static final String CHOSEN_HOST = "chosenHost";
    public static final String JOINERS = "joiners";
    public static final String JOINER = "joiner";

    /** The hosts whose turn is still to come in an upgrade, and the one whose turn it is. */
    public static final String HOST_TURNS = "hostTurns";

    public static final String TURN = "turn";
    public static final String TURN_SERVICES = "turnServices";
    public static final String TURN_FAILURE = "turnFailure";
    public static final String CANARY = "canary";
    public static final String UPGRADING = "upgrading";
    public static final String CONTRACTS = "contracts";
    public static final String CONTRACT = "contract";

    /** Of the definition itself while an upgrade's target stands over it: the way back. */
    public static final String WAY_BACK_DIGEST = "wayBackDigest";

    public static final String GOING_BACK = "goingBack";
    public static final String NEXT = "next";
    public static final String QUESTION = "question";
    public static final String BACKUP_FRESH = "backupFresh";

    /** ISO 8601 durations. */
    public static final String SOAK = "soak";

    /** What the probe says: whether its budget is spent, and the sentences about it. */
    public static final String BUDGET_SPENT = "budgetSpent";

    public static final String BUDGET_TEXT = "budgetText";

    /** How far a change of members has come, and what was seen of the host that goes. */
    public static final String STAGE = "stage";

    public static final String PRESENCE = "presence";

    /** Of the definition while a host joins, when the one that goes is still a member. */
    public static final String JOINING_DIGEST = "joiningDigest";

    public static final String JOIN_SERVICES = "joinServices";
    public static final String LEAVE_SERVICES = "leaveServices";
    public static final String SETTLE_SERVICES = "settleServices";
    public static final String ADMIT_SERVICES = "admitServices";

    private Variable() {}
}
