package kolla.runbooks.steps;

import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** After the last host: what needs the whole service. */
final class FinishService extends ServiceStep {

    FinishService(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        rollout.finish(context);
    }
}
