package kolla.runbooks.steps;

import kolla.runbooks.inventory.Host;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** Starts one service on the host again, as a deployment would, and waits until it serves. */
final class BringServiceBack extends ServiceStep {

    BringServiceBack(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        Host host =
                HostMaintenance.host(
                        context.deployment(), call.parameter(MaintenanceStep.HOST).orElse(""));
        environment().maintenance().bringBack(context, host);
    }
}
