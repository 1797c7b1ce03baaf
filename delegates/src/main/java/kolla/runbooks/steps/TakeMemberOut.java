package kolla.runbooks.steps;

import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** Takes one service away from the host that goes, and looks whether the others do without it. */
final class TakeMemberOut extends ServiceStep {

    TakeMemberOut(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        String name = Members.change(call).leaving().orElseThrow().name();
        Host host = context.cluster().inventory().host(name);
        environment().maintenance().takeOut(context, host);
        Verification.await(call, () -> rollout.verify(context.without(host)));
    }
}
