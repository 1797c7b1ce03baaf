package kolla.runbooks.steps;

import kolla.runbooks.rollout.RolloutContext;

/** Brings the next host, whose data directory is empty, into the restored cluster. */
final class JoinRestored extends RestoreStep {

    JoinRestored(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        environment().recovery().joinEmpty(context, call.text(Variable.JOINER));
    }
}
