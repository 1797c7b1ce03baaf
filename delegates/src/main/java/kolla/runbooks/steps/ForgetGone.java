package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.membership.MemberChange;

/** Lets the members forget a host that is gone, and lets the one in that comes. */
final class ForgetGone extends Step {

    ForgetGone(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        boolean left = change.leaving().isPresent() && !change.presence().reachable();
        Reckoning.with(call, change, change.joined(), left ? change.leaving() : Optional.empty());
    }
}
