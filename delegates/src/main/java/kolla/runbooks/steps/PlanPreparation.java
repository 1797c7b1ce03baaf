package kolla.runbooks.steps;

import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Looks what the host lacks, and writes it down for the approver. */
final class PlanPreparation extends PreparationStep {

    PlanPreparation(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, Host newcomer) {
        plan(call, context, newcomer);
    }
}
