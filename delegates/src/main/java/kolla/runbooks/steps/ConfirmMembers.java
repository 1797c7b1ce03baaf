package kolla.runbooks.steps;

import kolla.runbooks.rollout.Plan;

/** After the decision: makes an approved plan again; when it is another one, it is asked about. */
final class ConfirmMembers extends Step {

    ConfirmMembers(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        if (!"approve".equals(call.text(Variable.DECISION))) {
            call.set(Variable.NEXT, "reject");
            return;
        }
        Plan plan = PlanningMembers.write(call);
        call.set(Variable.NEXT, Asking.confirm(call, plan.digest()) ? "begin" : "ask");
    }
}
