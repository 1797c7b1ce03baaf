package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** What each service needs once before its first host changes; service by service. */
final class PrepareServices extends UpgradeStep {

    PrepareServices(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.plannedDeployment();
        for (DesiredService service : deployment.services()) {
            RolloutContext context = call.context(deployment, service);
            ServiceRollout rollout = environment().rollouts().of(service);
            List<List<Host>> batches = rollout.batches(context);
            if (!batches.isEmpty()) {
                rollout.prepare(context, batches);
            }
        }
    }
}
