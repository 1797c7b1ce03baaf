package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.BackupOrder;
import kolla.runbooks.galera.backup.BackupProof;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/** Starts a throw-away server on the prepared data and asks it; from then on the backup counts. */
final class QueryBackup extends BackupStep {

    QueryBackup(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, BackupOrder order) {
        Backup backup =
                new BackupProof(context).query(order, base(call, context), environment().clock());
        call.journal().log(ActionId.CLUSTER, "verified: " + backup.describe());
        call.journal().evidence(ActionId.CLUSTER, "backup", backup.toString());
    }
}
