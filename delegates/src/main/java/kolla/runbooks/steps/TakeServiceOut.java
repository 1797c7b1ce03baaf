package kolla.runbooks.steps;

import kolla.runbooks.inventory.Host;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** Takes one service away from the host, and looks whether the others do without it. */
final class TakeServiceOut extends ServiceStep {

    TakeServiceOut(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        Host host =
                HostMaintenance.host(
                        context.deployment(), call.parameter(MaintenanceStep.HOST).orElse(""));
        environment().maintenance().takeOut(context, host);
        Verification.await(call, () -> rollout.verify(context.without(host)));
    }
}
