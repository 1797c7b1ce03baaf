package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.membership.MemberPlanning;
import kolla.runbooks.membership.Presence;

/** Lets the members forget a host that is gone, and lets the one in that comes. */
final class ForgetGone extends Step {

    ForgetGone(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        lookAgain(call, change);
        boolean left = change.leaving().isPresent() && !change.presence().reachable();
        Reckoning.with(call, change, change.joined(), left ? change.leaving() : Optional.empty());
    }

    /** Between the plan and this step lie downloads, and maybe a night. */
    private void lookAgain(StepCall call, MemberChange change) {
        if (change.presence().kind() != Presence.Kind.GONE) {
            return;
        }
        Presence now =
                new MemberPlanning(environment().rollouts(), environment().maintenance())
                        .presence(Members.at(call, change.before()), change);
        if (now.kind() != Presence.Kind.GONE) {
            throw RunbookFailure.person(
                    "KR-MEMBERS-005",
                    change.request().leaving().orElse("")
                            + " was gone when the plan was made and is not now; power it off, then"
                            + " retry",
                    now.proof());
        }
    }
}
