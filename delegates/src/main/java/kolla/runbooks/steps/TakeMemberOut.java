package kolla.runbooks.steps;

import kolla.runbooks.inventory.Host;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** Takes one service away from the host that goes, and looks whether the others do without it. */
final class TakeMemberOut extends ServiceStep {

    TakeMemberOut(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        MemberChange change = Members.change(call);
        String name = change.leaving().orElseThrow().name();
        Host host = context.cluster().inventory().host(name);
        environment().maintenance().takeOut(context, host);
        RolloutContext others = context.without(host);
        // the load balancer of the host that comes is the last thing that it gets
        RolloutContext serving =
                Members.balances(context.service())
                        ? change.joining().map(h -> Members.besides(others, h)).orElse(others)
                        : others;
        Verification.await(call, () -> rollout.verify(serving));
    }
}
