package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.membership.MemberChange;

/** Puts copies of what members keep several times on the host that has joined. */
final class SpreadCopies extends Step {

    SpreadCopies(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        Optional<Host> joined = change.joining();
        if (joined.isEmpty()) {
            return;
        }
        for (DesiredService service : change.joiningServices()) {
            environment()
                    .rollouts()
                    .of(service)
                    .spread(call.context(change.joined(), service), joined.get());
        }
    }
}
