package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.DataSwap;
import kolla.runbooks.rollout.RolloutContext;

/** Stops every server, moves the old data aside and the restored ones in. */
final class SwapData extends RestoreStep {

    SwapData(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        DataSwap.swap(context, approved(call));
    }
}
