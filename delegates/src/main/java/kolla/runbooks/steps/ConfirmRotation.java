package kolla.runbooks.steps;

import kolla.runbooks.rollout.RolloutContext;

/** Looks again, just before acting; when the plan is another one now, it is asked about again. */
final class ConfirmRotation extends KeystoneStep {

    ConfirmRotation(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        Asking.confirm(call, plan(call, context).digest());
    }
}
