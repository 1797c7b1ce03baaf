package kolla.runbooks.steps;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.BackupKind;
import kolla.runbooks.galera.backup.BackupOrder;
import kolla.runbooks.galera.backup.BackupStore;
import kolla.runbooks.rollout.RolloutContext;

/** A step of the runbook mariadb-backup. */
abstract class BackupStep extends DatabaseStep {

    static final String KIND = "kind";

    BackupStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void act(StepCall call, RolloutContext context, BackupOrder order);

    @Override
    final void act(StepCall call, RolloutContext context) {
        String kind = call.parameter(KIND).orElse(BackupKind.FULL.text());
        act(call, context, BackupOrder.of(call.asked(), BackupKind.of(kind)));
    }

    /** The full backup that was chosen for an incremental to stand on. */
    static Optional<Backup> base(StepCall call, RolloutContext context) {
        String id = call.text(Variable.BACKUP_BASE);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<Backup> base =
                BackupStore.list(context).stream().filter(b -> b.id().equals(id)).findFirst();
        if (base.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-BACKUP-008",
                    "the full backup "
                            + id
                            + ", on which this one was to stand, is no longer in the store; cancel"
                            + " this run and take a full one",
                    List.of());
        }
        return base;
    }
}
