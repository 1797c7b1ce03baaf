package kolla.runbooks.steps;

import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.upgrade.SchemaJobs;

/** Widens the schemas for the new code while the old code serves. */
final class ExpandSchemas extends UpgradeStep {

    ExpandSchemas(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.plannedDeployment();
        for (DesiredService service : upgrading(call, deployment)) {
            RolloutContext context = call.context(deployment, service);
            for (BootstrapJob job : service.upgrade().expand()) {
                SchemaJobs.run(context, firstHost(call, service), job);
            }
        }
    }
}
