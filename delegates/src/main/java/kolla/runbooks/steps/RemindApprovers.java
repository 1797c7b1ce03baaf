package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Spoken;

/** Before an approval expires: says so in the run's log. */
final class RemindApprovers extends Step {

    RemindApprovers(StepEnvironment environment) {
        super(environment);
    }

    @Override
    boolean fenced() {
        return false;
    }

    @Override
    void act(StepCall call) {
        call.journal()
                .warn(
                        ActionId.CLUSTER,
                        "still waiting for an approver; the approval expires "
                                + Spoken.of(call.text(Variable.APPROVAL_EXPIRY))
                                + " after it was asked");
    }
}
