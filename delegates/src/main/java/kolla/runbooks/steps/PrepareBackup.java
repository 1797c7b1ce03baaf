package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.BackupOrder;
import kolla.runbooks.galera.backup.BackupProof;
import kolla.runbooks.rollout.RolloutContext;

/** Makes the copied files consistent, in the store, as a restore would. */
final class PrepareBackup extends BackupStep {

    PrepareBackup(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, BackupOrder order) {
        new BackupProof(context).prepare(order, base(call, context));
    }
}
