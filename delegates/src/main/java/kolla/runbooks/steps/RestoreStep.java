package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.BackupStore;
import kolla.runbooks.galera.backup.RestorePlan;
import kolla.runbooks.galera.backup.RestorePlanning;
import kolla.runbooks.rollout.RolloutContext;

/** A step of the runbook mariadb-restore. */
abstract class RestoreStep extends DatabaseStep {

    static final String BACKUP = "backup";

    RestoreStep(StepEnvironment environment) {
        super(environment);
    }

    /** Looks, and writes down what would be done. */
    final RestorePlan plan(StepCall call, RolloutContext context) {
        String backup = call.parameter(BACKUP).orElse("");
        RestorePlanning.Look look =
                RestorePlanning.decide(context, backup, environment().patience());
        RestorePlan plan = look.restore().plan();
        Asking.about(call, plan.digest(), plan.json(), look.text());
        call.setList(Variable.JOINERS, plan.joiners());
        return plan;
    }

    /** The plan that was approved; variables can be edited by whoever may, this cannot. */
    final RestorePlan approved(StepCall call) {
        return environment()
                .plans()
                .newest(call.run())
                .map(record -> RestorePlan.parse(record.json()))
                .orElseThrow(() -> new IllegalStateException("run " + call.run() + " has no plan"));
    }

    static Backup backup(RolloutContext context, RestorePlan plan) {
        return BackupStore.list(context).stream()
                .filter(b -> b.id().equals(plan.backup()))
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-RESTORE-001",
                                        plan.backup() + " is no longer in the store",
                                        List.of()));
    }
}
