package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.maintenance.RestartOrder;
import kolla.runbooks.maintenance.RestartPlan;
import kolla.runbooks.maintenance.RestartPlanning;
import kolla.runbooks.maintenance.RestartText;

/** A step of the runbook rolling-restart that makes its plan. */
abstract class RestartStep extends Step {

    RestartStep(StepEnvironment environment) {
        super(environment);
    }

    /** Looks, and writes down what would be restarted. */
    final RestartPlan plan(StepCall call) {
        Deployment deployment = call.deployment();
        RestartOrder order =
                RestartOrder.of(
                        deployment,
                        call.parameter("services").orElse(""),
                        call.parameter("hosts").orElse(""));
        RestartPlan plan =
                RestartPlanning.plan(
                        call.context(deployment, order.services().get(0)),
                        environment().rollouts(),
                        order,
                        Verification.accepted(call));
        Asking.about(call, plan.digest(), plan.json(), RestartText.of(plan, call.asked().reason()));
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(deployment));
        call.setList(Variable.TURNS, plan.services());
        return plan;
    }
}
