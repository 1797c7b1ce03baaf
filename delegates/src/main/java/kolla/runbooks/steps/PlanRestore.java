package kolla.runbooks.steps;

import kolla.runbooks.rollout.RolloutContext;

/** Checks the backup and every host, and writes the plan down for the approver. */
final class PlanRestore extends RestoreStep {

    PlanRestore(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        plan(call, context);
    }
}
