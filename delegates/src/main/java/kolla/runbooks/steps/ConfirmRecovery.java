package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.Proposal;
import kolla.runbooks.galera.recovery.RecoveryPlan;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Looks again, just before acting. The plan holds when the same one follows from what is seen now
 * and as many different people have approved it as it asks for; otherwise it is asked about again.
 */
final class ConfirmRecovery extends GaleraStep {

    ConfirmRecovery(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, GaleraRecovery recovery, RolloutContext context) {
        GaleraRecovery.Look look = Recovering.look(call, recovery, context);
        Recovering.write(call, context, look);
        boolean holds = false;
        if (look.proposal() instanceof Proposal.Recover recover) {
            List<String> people = people(call, recover.plan());
            holds = people.size() >= recover.plan().approvals();
            call.journal()
                    .log(
                            ActionId.CLUSTER,
                            holds
                                    ? "the plan still holds, approved by "
                                            + String.join(", ", people)
                                    : people.isEmpty()
                                            ? "this plan has not been approved yet; it is asked"
                                                    + " about"
                                            : "approved by "
                                                    + String.join(", ", people)
                                                    + "; this plan needs "
                                                    + recover.plan().approvals()
                                                    + " people, so another one is asked");
        }
        call.set(Variable.PLAN_HOLDS, holds);
    }

    private List<String> people(StepCall call, RecoveryPlan plan) {
        return environment().plans().approvals(call.run()).stream()
                .filter(Approval::approved)
                .filter(a -> a.digest().equals(plan.digest()))
                .map(Approval::person)
                .distinct()
                .toList();
    }
}
