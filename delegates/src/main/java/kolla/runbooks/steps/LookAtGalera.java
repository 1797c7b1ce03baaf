package kolla.runbooks.steps;

import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.rollout.RolloutContext;

/** Looks at every host of the database and proposes; touches no server. */
final class LookAtGalera extends GaleraStep {

    LookAtGalera(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, GaleraRecovery recovery, RolloutContext context) {
        Recovering.write(call, context, Recovering.look(call, recovery, context));
    }
}
