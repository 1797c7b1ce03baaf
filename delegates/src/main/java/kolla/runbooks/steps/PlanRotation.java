package kolla.runbooks.steps;

import kolla.runbooks.rollout.RolloutContext;

/** Looks at every host's keys, and writes the rotation down for the approver. */
final class PlanRotation extends KeystoneStep {

    PlanRotation(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        plan(call, context);
    }
}
