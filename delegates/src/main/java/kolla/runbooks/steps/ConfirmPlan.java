package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Approval;

/**
 * Just before acting, makes the plan again. When it is another than the approved one, the approval
 * is void: the new plan is written down and asked about.
 */
final class ConfirmPlan extends Step {

    ConfirmPlan(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Planning planning = Planning.of(call);
        String now = planning.plan().digest();
        boolean holds =
                environment().plans().approvals(call.run()).stream()
                        .filter(Approval::approved)
                        .map(Approval::digest)
                        .anyMatch(now::equals);
        call.set(Variable.PLAN_HOLDS, holds);
        if (holds) {
            planning.write(call);
            call.journal().log(ActionId.CLUSTER, "the approved plan still holds, digest " + now);
        } else {
            planning.write(call);
            call.journal()
                    .warn(
                            ActionId.CLUSTER,
                            "the plan has changed since it was approved; the approval is void and"
                                    + " asked again, digest "
                                    + now);
        }
    }
}
