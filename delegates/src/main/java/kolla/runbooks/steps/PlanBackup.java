package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.BackupDecision;
import kolla.runbooks.galera.backup.BackupOrder;
import kolla.runbooks.galera.backup.BackupPlanning;
import kolla.runbooks.rollout.RolloutContext;

/** Looks at nodes and store, and chooses the node to copy; refuses where a gate does not hold. */
final class PlanBackup extends BackupStep {

    PlanBackup(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context, BackupOrder order) {
        BackupDecision.Copy copy = BackupPlanning.decide(context, order);
        call.set(Variable.BACKUP_NODE, copy.node().host());
        call.set(Variable.BACKUP_DESYNC, copy.desync());
        call.set(Variable.BACKUP_BASE, copy.base().map(Backup::id).orElse(""));
    }
}
