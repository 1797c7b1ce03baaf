package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.preparation.HostPreparation;
import kolla.runbooks.preparation.PreparationPlan;
import kolla.runbooks.rollout.RolloutContext;

/** A step of the runbook prepare-host. */
abstract class PreparationStep extends Step {

    private static final String HOST = "host";

    PreparationStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void act(StepCall call, RolloutContext context, Host newcomer);

    /** Of what is looked at. */
    Deployment deployment(StepCall call) {
        return call.deployment();
    }

    final HostPreparation preparation() {
        return new HostPreparation(environment().patience());
    }

    @Override
    final void act(StepCall call) {
        Deployment deployment = deployment(call);
        Host newcomer = HostPreparation.host(deployment, call.parameter(HOST).orElse(""));
        if (deployment.services().isEmpty()) {
            throw RunbookFailure.person(
                    "KR-DEFINITION-002",
                    "no service is enabled on any host of cluster "
                            + call.clusterName()
                            + "; name hosts in the inventory's groups",
                    java.util.List.of());
        }
        act(call, call.context(deployment, deployment.services().get(0)), newcomer);
    }

    /** Looks, and writes down what would be done. */
    final PreparationPlan plan(StepCall call, RolloutContext context, Host newcomer) {
        PreparationPlan plan = preparation().plan(context, newcomer);
        Asking.about(call, plan.digest(), plan.json(), plan.text(call.asked().reason()));
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(context.deployment()));
        call.set(Variable.CHANGES_NEEDED, plan.changesAnything());
        return plan;
    }
}
