package kolla.runbooks.steps;

import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.RecoveryPlan;
import kolla.runbooks.rollout.RolloutContext;

/** Makes the approved host a primary component, unless one lives that the others rejoin. */
final class MakePrimary extends GaleraStep {

    MakePrimary(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, GaleraRecovery recovery, RolloutContext context) {
        RecoveryPlan plan = plan(call);
        if (plan.way() == RecoveryPlan.Way.REJOIN) {
            call.journal().log(plan.host(), "is a member of the primary component that lives");
        } else {
            recovery.makePrimary(context, plan);
        }
    }
}
