package kolla.runbooks.steps;

import kolla.runbooks.membership.MemberChange;

/** Lets the members forget the host that was taken out; from here on it is none of them. */
final class ForgetLeft extends Step {

    ForgetLeft(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        if (change.presence().reachable()) {
            Reckoning.with(call, change, change.settled(), change.leaving());
        }
        Members.enter(call, Members.Stage.SETTLING);
    }
}
