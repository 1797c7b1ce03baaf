package kolla.runbooks.steps;

import kolla.runbooks.membership.HostClearing;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.membership.MemberChoices;

/** Takes what the services left away from the host that went; nothing from one that is gone. */
final class ClearMember extends Step {

    ClearMember(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        if (!change.presence().reachable()) {
            return;
        }
        HostClearing.clear(
                Members.at(call, change.before()),
                change.leavingServices(),
                change.leaving().orElseThrow(),
                MemberChoices.of(call::parameter).deleteData());
    }
}
