package kolla.runbooks.steps;

import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.rollout.RolloutContext;

/** Brings the next host into the primary component, and waits until it is Synced. */
final class JoinGaleraNode extends GaleraStep {

    JoinGaleraNode(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, GaleraRecovery recovery, RolloutContext context) {
        recovery.join(context, plan(call), call.text(Variable.JOINER));
    }
}
