package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.LiveRows;
import kolla.runbooks.galera.backup.RestorePlan;
import kolla.runbooks.rollout.RolloutContext;

/** Begins a new cluster on the restored data, and compares its rows before anybody joins. */
final class StartRestored extends RestoreStep {

    StartRestored(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        RestorePlan plan = approved(call);
        environment().recovery().beginHistory(context, plan.first());
        LiveRows.compare(
                context, context.cluster().inventory().host(plan.first()), backup(context, plan));
    }
}
