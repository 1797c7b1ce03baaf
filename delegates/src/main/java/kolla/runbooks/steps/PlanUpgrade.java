package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.upgrade.UpgradePlan;

/** Reads versions, makes the plan and writes it down for the approver. Changes nothing. */
final class PlanUpgrade extends UpgradeStep {

    PlanUpgrade(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        requireTarget(call);
        Deployment target = call.deployment();
        UpgradePlan upgrade = plan(call, target);
        write(call, target, upgrade);
        boolean changes = upgrade.plan().changesAnything();
        call.set(Variable.CHANGES_NEEDED, changes);
        call.set(Variable.GOING_BACK, false);
        call.set(Variable.CONTRACT, false);
        call.set(Variable.QUESTION, "NONE");
        call.set(Variable.SOAK, minutes(call, "soakMinutes", 5).toString());
        target.notes().forEach(n -> call.journal().warn(ActionId.CLUSTER, n));
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        changes
                                ? upgrade.plan().changes().size()
                                        + " changes are needed, the hosts in this order: "
                                        + String.join(", ", upgrade.turns())
                                : "nothing to change: everything runs the target already");
    }
}
