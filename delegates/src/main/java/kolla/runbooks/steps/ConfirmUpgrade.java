package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
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
        write(call, target, upgrade);
        call.set(Variable.NEXT, Asking.confirm(call, upgrade.plan().digest()) ? "begin" : "ask");
    }
}
