package kolla.runbooks.steps;

import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** Between two hosts of one service: looks whether the service is whole again. */
final class VerifyService extends ServiceStep {

    VerifyService(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        Verification.await(call, () -> rollout.verify(context));
    }
}
