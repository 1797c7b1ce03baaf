package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.keystone.FernetRotation;
import kolla.runbooks.rollout.RolloutContext;

/** Rotates the fernet keys as approved; finishes what an earlier attempt began. */
final class RotateKeys extends KeystoneStep {

    RotateKeys(StepEnvironment environment) {
        super(environment);
    }

    /** Of what was approved: keys for other hosts than those are another plan. */
    @Override
    Deployment deployment(StepCall call) {
        return call.plannedDeployment();
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        FernetRotation.rotate(context, approved(call));
    }
}
