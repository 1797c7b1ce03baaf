package kolla.runbooks.steps;

import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.upgrade.SchemaJobs;

/** Takes away what only the old code needed; only when a person said so. */
final class ContractSchemas extends UpgradeStep {

    ContractSchemas(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        if (!Boolean.parseBoolean(call.optional(Variable.CONTRACT).orElse("false"))) {
            call.journal().log(ActionId.CLUSTER, "no schema is contracted");
            return;
        }
        Deployment deployment = call.plannedDeployment();
        for (DesiredService service : upgrading(call, deployment)) {
            RolloutContext context = call.context(deployment, service);
            for (BootstrapJob job : service.upgrade().contract()) {
                SchemaJobs.run(context, firstHost(call, service), job);
            }
        }
    }
}
