package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;

/** What each service needs once after its last host has changed. */
final class FinishServices extends UpgradeStep {

    FinishServices(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.plannedDeployment();
        for (DesiredService service : deployment.services()) {
            environment().rollouts().of(service).finish(call.context(deployment, service));
        }
    }
}
