package kolla.runbooks.steps;

import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Looks again, just before acting; when the plan is another one now, it is asked about again. */
final class ConfirmPreparation extends PreparationStep {

    ConfirmPreparation(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, Host newcomer) {
        Asking.confirm(call, plan(call, context, newcomer).digest());
    }
}
