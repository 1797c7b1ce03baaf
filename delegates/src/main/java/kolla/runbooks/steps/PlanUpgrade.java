package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.upgrade.UpgradePlan;
import kolla.runbooks.upgrade.UpgradePlanning;

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
        PlanRecord record = Planning.write(call, upgrade.plan());
        write(call, target, upgrade);
        Planning.setExpiry(call);
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
                                ? "plan version "
                                        + record.version()
                                        + " with "
                                        + upgrade.plan().changes().size()
                                        + " changes on "
                                        + String.join(", ", upgrade.turns())
                                        + ", digest "
                                        + record.digest()
                                : "nothing to change: everything runs the target already");
    }

    /** What the later steps go by. */
    static void write(StepCall call, Deployment target, UpgradePlan upgrade) {
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(target));
        call.set(
                Variable.WAY_BACK_DIGEST,
                DefinitionDigest.of(call.environment().deployment(call.clusterName())));
        call.setList(Variable.HOST_TURNS, upgrade.turns());
        call.set(Variable.CANARY, upgrade.turns().stream().findFirst().orElse(""));
        call.set(
                Variable.UPGRADING, String.join(",", UpgradePlanning.withNewImage(upgrade.plan())));
        // whoever has chosen hosts has others that still run the old version
        call.set(Variable.CONTRACTS, upgrade.contracts() && chosenHosts(call).isEmpty());
    }
}
