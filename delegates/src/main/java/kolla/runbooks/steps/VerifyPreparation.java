package kolla.runbooks.steps;

import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Looks that the host is as it should be, as every runbook's check of the hosts would. */
final class VerifyPreparation extends PreparationStep {

    VerifyPreparation(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, Host newcomer) {
        preparation().verify(context, newcomer);
    }
}
