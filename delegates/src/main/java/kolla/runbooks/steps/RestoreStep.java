package kolla.runbooks.steps;

import java.time.Duration;
import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.BackupStore;
import kolla.runbooks.galera.backup.RestorePlan;
import kolla.runbooks.galera.backup.RestorePlanning;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.rollout.RolloutContext;

/** A step of the runbook mariadb-restore. */
abstract class RestoreStep extends DatabaseStep {

    static final String BACKUP = "backup";

    /** A string variable of the engine holds 4000 characters. */
    private static final int TEXT_LIMIT = 3900;

    RestoreStep(StepEnvironment environment) {
        super(environment);
    }

    /** Looks, and writes down what would be done. */
    final RestorePlan plan(StepCall call, RolloutContext context) {
        String backup = call.parameter(BACKUP).orElse("");
        RestorePlanning.Look look =
                RestorePlanning.decide(context, backup, environment().patience());
        RestorePlan plan = look.restore().plan();
        PlanRecord record =
                environment().plans().record(call.run(), plan.digest(), plan.json(), look.text());
        call.set(Variable.PLAN_DIGEST, record.digest());
        call.set(Variable.PLAN_TEXT, cut(look.text()));
        call.setList(Variable.JOINERS, plan.joiners());
        Duration expiry = environment().approvalExpiry();
        call.set(Variable.APPROVAL_EXPIRY, expiry.toString());
        call.set(Variable.APPROVAL_REMINDER, expiry.multipliedBy(3).dividedBy(4).toString());
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "plan version " + record.version() + ", digest " + record.digest());
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

    private static String cut(String text) {
        return text.length() <= TEXT_LIMIT
                ? text
                : text.substring(0, TEXT_LIMIT - 40) + "\n… the rest stands in the whole plan.";
    }
}
