package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.BackupOrder;
import kolla.runbooks.galera.backup.Retention;
import kolla.runbooks.rollout.RolloutContext;

/** Deletes the backups that retention keeps no longer. */
final class DeleteOldBackups extends BackupStep {

    DeleteOldBackups(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, BackupOrder order) {
        Retention.apply(context);
    }
}
