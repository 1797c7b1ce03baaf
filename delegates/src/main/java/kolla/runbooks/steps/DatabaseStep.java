package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.rollout.RolloutContext;

/** A step that works on the cluster's Galera, whatever else is deployed. */
abstract class DatabaseStep extends Step {

    DatabaseStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void act(StepCall call, RolloutContext context);

    @Override
    final void act(StepCall call) {
        Deployment deployment = call.deployment();
        DesiredService galera =
                deployment
                        .ofKind("galera")
                        .orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                "KR-DEFINITION-002",
                                                "no MariaDB Galera is enabled on any host of"
                                                        + " cluster "
                                                        + call.clusterName(),
                                                java.util.List.of()));
        act(call, call.context(deployment, galera));
    }
}
