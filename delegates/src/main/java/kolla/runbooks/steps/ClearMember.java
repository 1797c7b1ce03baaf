package kolla.runbooks.steps;

import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.membership.HostClearing;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.membership.MemberChoices;

/** Takes what the services left away from the host that went; nothing from one that is gone. */
final class ClearMember extends Step {

    private static final String UNREACHABLE = "KR-HOST-001";

    ClearMember(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        if (!change.presence().reachable()) {
            return;
        }
        Host host = change.leaving().orElseThrow();
        try {
            HostClearing.clear(
                    Members.at(call, change.before()),
                    change.leavingServices(),
                    host,
                    MemberChoices.of(call::parameter).deleteData());
        } catch (RunbookFailure failure) {
            if (!failure.code().equals(UNREACHABLE)) {
                throw failure;
            }
            // it is no member any more: whether it can be cleared changes nothing for the others
            call.journal()
                    .warn(
                            host.name(),
                            "cannot be reached and is not cleared: its disks hold passwords; wipe"
                                    + " them before it is powered on again");
        }
    }
}
