package kolla.runbooks.steps;

import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.rollout.RolloutContext;

/** Copies the data of the host that the cluster is to start from. */
final class KeepGaleraData extends GaleraStep {

    KeepGaleraData(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, GaleraRecovery recovery, RolloutContext context) {
        recovery.keepData(context, plan(call));
    }
}
