package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;

/** Every day that a run waits for a person's work: says so in the run's log. */
final class RemindOperators extends Step {

    RemindOperators(StepEnvironment environment) {
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
                        "still waiting for an operator to say that "
                                + call.parameter(MaintenanceStep.HOST).orElse("the host")
                                + " is back; no other run can change this cluster meanwhile");
    }
}
