package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.Plan;

/** Looks, makes the plan of a change of members and writes it down. Changes nothing. */
final class PlanMembers extends Step {

    PlanMembers(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Plan plan = PlanningMembers.write(call);
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        plan.changes().size()
                                + " changes are needed on the hosts that stay; the plan says what"
                                + " else happens");
    }
}
