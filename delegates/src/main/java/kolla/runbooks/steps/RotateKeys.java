package kolla.runbooks.steps;

import kolla.runbooks.keystone.FernetRotation;
import kolla.runbooks.rollout.RolloutContext;

/** Rotates the fernet keys as approved; finishes what an earlier attempt began. */
final class RotateKeys extends KeystoneStep {

    RotateKeys(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        FernetRotation.rotate(context, approved(call));
    }
}
