package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.BackupCopy;
import kolla.runbooks.galera.backup.BackupOrder;
import kolla.runbooks.rollout.RolloutContext;

/** Copies the chosen node's data to the store, and sees to it that the node is Synced again. */
final class CopyBackup extends BackupStep {

    CopyBackup(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, BackupOrder order) {
        new BackupCopy(environment().patience())
                .make(
                        context,
                        order,
                        context.cluster().inventory().host(call.text(Variable.BACKUP_NODE)),
                        Boolean.parseBoolean(call.text(Variable.BACKUP_DESYNC)),
                        base(call, context));
    }
}
