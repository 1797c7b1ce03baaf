package kolla.runbooks.steps;

import kolla.runbooks.galera.backup.RestorePlan;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.rollout.RolloutContext;

/** Looks again, just before acting; when the plan is another one now, it is asked about again. */
final class ConfirmRestore extends RestoreStep {

    ConfirmRestore(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, RolloutContext context) {
        RestorePlan now = plan(call, context);
        boolean holds =
                environment().plans().approvals(call.run()).stream()
                        .filter(Approval::approved)
                        .map(Approval::digest)
                        .anyMatch(now.digest()::equals);
        call.set(Variable.PLAN_HOLDS, holds);
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        holds
                                ? "the approved plan still holds"
                                : "what is seen has changed since the plan was approved; the"
                                        + " approval is void and asked again");
    }
}
