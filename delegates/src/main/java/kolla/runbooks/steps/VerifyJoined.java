package kolla.runbooks.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.rollout.RolloutContext;

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
        Optional<Host> joining = change.joining();
        Verification.await(
                call,
                () ->
                        Verification.look(
                                call,
                                call.plannedDeployment(),
                                c ->
                                        Members.balances(c.service())
                                                ? joining.map(h -> besides(c, h)).orElse(c)
                                                : c));
        Members.enter(call, Members.Stage.ADMITTING);
    }

    /** The service without one host, of which nothing is expected yet. */
    private static RolloutContext besides(RolloutContext context, Host host) {
        Map<Host, List<DesiredContainer>> others = new LinkedHashMap<>();
        context.service()
                .containers()
                .forEach(
                        (h, containers) -> {
                            if (!h.name().equals(host.name())) {
                                others.put(h, containers);
                            }
                        });
        return context.about(context.service().with(others));
    }
}
