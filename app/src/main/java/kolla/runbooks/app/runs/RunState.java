package kolla.runbooks.app.runs;

import kolla.runbooks.journal.Run;

/** Where a run stands, as people ask for it. */
public enum RunState {
    RUNNING,
    /** A plan waits for an approver; nothing is changed meanwhile. */
    WAITING_FOR_APPROVAL,
    /** People work, for example on a host that was taken out, and say when they are done. */
    WAITING_FOR_PERSON,
    /** A step stopped with an incident; a person mends the cause and retries it. */
    FAILED_STEP,
    SUCCEEDED,
    /** What was to be reached was not; every host is again as it is defined. */
    WENT_BACK,
    REJECTED,
    EXPIRED,
    CANCELLED,
    /** Ended by a failure that no retry could mend. */
    FAILED;

    public static RunState of(Run.Result result) {
        return switch (result) {
            case SUCCEEDED -> SUCCEEDED;
            case WENT_BACK -> WENT_BACK;
            case REJECTED -> REJECTED;
            case EXPIRED -> EXPIRED;
            case CANCELLED -> CANCELLED;
            case FAILED -> FAILED;
        };
    }

    /** Whether it stays like this for ever. */
    public boolean ended() {
        return this != RUNNING
                && this != WAITING_FOR_APPROVAL
                && this != WAITING_FOR_PERSON
                && this != FAILED_STEP;
    }
}
