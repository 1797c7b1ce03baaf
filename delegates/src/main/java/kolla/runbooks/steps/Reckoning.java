package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.membership.MemberChange;

/** Tells the members of each service that is concerned who they are. */
final class Reckoning {

    private Reckoning() {}

    static void with(StepCall call, MemberChange change, Deployment members, Optional<Host> left) {
        for (DesiredService service : members.services()) {
            if (concerned(change, service)) {
                call.environment()
                        .rollouts()
                        .of(service)
                        .reckonWith(call.context(members, service), left);
            }
        }
    }

    /** Who may reach a fenced port is a matter of all members, whatever they serve. */
    private static boolean concerned(MemberChange change, DesiredService service) {
        return !service.internalPorts().isEmpty()
                || change.leavingServices().stream().anyMatch(s -> s.name().equals(service.name()))
                || change.joiningServices().stream().anyMatch(s -> s.name().equals(service.name()));
    }
}
