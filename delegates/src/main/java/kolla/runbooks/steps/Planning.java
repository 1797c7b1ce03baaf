package kolla.runbooks.steps;

import java.time.Duration;
import java.util.List;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.rollout.PlanText;
import kolla.runbooks.rollout.Planner;

/** A plan with the deployment it was made from. */
record Planning(Deployment deployment, Plan plan) {

    /** A string variable of the engine holds 4000 characters. */
    private static final int TEXT_LIMIT = 3900;

    private static final int FULL_TEXT_LIMIT = 200_000;

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

    /** How long the plan waits for its approval, and when the approvers are reminded. */
    static void setExpiry(StepCall call) {
        Duration expiry = call.environment().approvalExpiry();
        call.set(Variable.APPROVAL_EXPIRY, expiry.toString());
        call.set(Variable.APPROVAL_REMINDER, expiry.multipliedBy(3).dividedBy(4).toString());
    }

    /** Writes a plan, or a question in the form of one, for whoever decides. */
    static PlanRecord write(StepCall call, Plan plan) {
        PlanRecord record =
                call.environment()
                        .plans()
                        .record(
                                call.run(),
                                plan.digest(),
                                plan.json(),
                                PlanText.of(plan, FULL_TEXT_LIMIT));
        call.set(Variable.PLAN_DIGEST, record.digest());
        call.set(Variable.PLAN_TEXT, PlanText.of(plan, TEXT_LIMIT));
        return record;
    }

    /** Writes the plan down and sets the variables that tell of it. */
    PlanRecord write(StepCall call) {
        PlanRecord record = write(call, plan);
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(deployment));
        call.setList(
                Variable.WAVES, deployment.waves().stream().map(w -> String.join(",", w)).toList());
        return record;
    }
}
