package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.membership.HostTraces;
import kolla.runbooks.membership.MemberChange;

/** Looks whether the host that went is still named anywhere. */
final class VerifyMembers extends Step {

    VerifyMembers(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        boolean whole = change.request().service().isEmpty() && !change.request().sameName();
        if (change.leaving().isEmpty() || !whole) {
            return;
        }
        Deployment settled = call.plannedDeployment();
        Host left = change.leaving().get();
        Verification.await(
                call,
                () -> HostTraces.of(Members.at(call, settled), environment().rollouts(), left));
    }
}
