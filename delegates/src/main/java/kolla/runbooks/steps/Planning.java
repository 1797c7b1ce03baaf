package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.rollout.Planner;

/** A plan with the deployment it was made from. */
record Planning(Deployment deployment, Plan plan) {

    static Planning of(StepCall call) {
        Deployment deployment = call.deployment();
        if (deployment.services().isEmpty()) {
            throw RunbookFailure.person(
                    "KR-DEFINITION-002",
                    "no service is enabled on any host of cluster "
                            + call.clusterName()
                            + "; name hosts in the inventory's groups",
                    List.of());
        }
        Planner planner = new Planner(call.environment().rollouts());
        Plan plan = planner.plan(call.context(deployment, deployment.services().get(0)));
        return new Planning(deployment, plan);
    }

    /** Writes the plan down and sets the variables that tell of it. */
    void write(StepCall call) {
        Asking.about(call, plan);
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(deployment));
        call.setList(
                Variable.WAVES, deployment.waves().stream().map(w -> String.join(",", w)).toList());
    }
}
