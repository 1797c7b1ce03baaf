package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.upgrade.UpgradePlan;

/**
 * After the decision: when the plan was approved, makes it again; when it is another than the
 * approved one, the approval is void and the new plan is asked about.
 */
final class ConfirmUpgrade extends UpgradeStep {

    ConfirmUpgrade(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        if (!"approve".equals(call.text(Variable.DECISION))) {
            call.set(Variable.NEXT, "reject");
            return;
        }
        Deployment target = call.deployment();
        UpgradePlan upgrade = plan(call, target);
        String now = upgrade.plan().digest();
        boolean holds =
                environment().plans().approvals(call.run()).stream()
                        .filter(Approval::approved)
                        .map(Approval::digest)
                        .anyMatch(now::equals);
        Planning.write(call, upgrade.plan());
        PlanUpgrade.write(call, target, upgrade);
        call.set(Variable.NEXT, holds ? "begin" : "ask");
        if (holds) {
            call.journal().log(ActionId.CLUSTER, "the approved plan still holds, digest " + now);
        } else {
            call.journal()
                    .warn(
                            ActionId.CLUSTER,
                            "the plan has changed since it was approved; the approval is void and"
                                    + " asked again, digest "
                                    + now);
        }
    }
}
