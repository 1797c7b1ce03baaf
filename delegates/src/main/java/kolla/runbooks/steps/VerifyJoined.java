package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.membership.MemberChange;

/**
 * Looks whether everything serves on every host, before the new one may hold the virtual address.
 */
final class VerifyJoined extends Step {

    VerifyJoined(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        MemberChange change = Members.change(call);
        Optional<Host> joining = change.joining().filter(h -> balancerComes(change));
        Verification.await(
                call,
                () ->
                        Verification.look(
                                call,
                                call.plannedDeployment(),
                                c ->
                                        Members.balances(c.service())
                                                ? joining.map(h -> Members.besides(c, h)).orElse(c)
                                                : c));
        Members.enter(call, Members.Stage.ADMITTING);
    }

    /** A load balancer that was there before may hold the virtual address now. */
    private static boolean balancerComes(MemberChange change) {
        return change.joiningServices().stream().anyMatch(Members::balances);
    }
}
