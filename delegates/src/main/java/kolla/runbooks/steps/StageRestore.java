package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.RestoreStaging;
import kolla.runbooks.rollout.RolloutContext;

/** Puts the data of the backup beside the old ones, while clients are still served. */
final class StageRestore extends RestoreStep {

    StageRestore(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        new RestoreStaging(context, environment().clock()).stage(approved(call));
    }
}
