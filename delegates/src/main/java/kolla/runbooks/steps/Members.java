package kolla.runbooks.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.HostChange;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Run;
import kolla.runbooks.membership.DepartedFence;
import kolla.runbooks.membership.MemberChange;
import kolla.runbooks.membership.MemberPlanning;
import kolla.runbooks.membership.MemberRequest;
import kolla.runbooks.membership.Presence;
import kolla.runbooks.rollout.RolloutContext;

/** A change of members, as the variables of its run tell how far it has come. */
final class Members {

    /** How far a change of members has come. */
    enum Stage {
        /** The host that comes joins; the one that goes is a member while it is there. */
        JOINING,
        /** The hosts that stay learn who the members are. */
        SETTLING,
        /** The host that comes may hold the virtual address. */
        ADMITTING
    }

    private static final String BALANCER = "loadbalancer";

    private Members() {}

    /** Empty in runs of other runbooks. */
    static Optional<MemberRequest> request(StepCall call) {
        return MemberRequest.of(call.asked().runbook(), call::parameter);
    }

    static Presence.Kind presence(StepCall call) {
        return call.optional(Variable.PRESENCE)
                .map(Presence.Kind::valueOf)
                .orElse(Presence.Kind.NOBODY);
    }

    /** Empty before anything is changed. */
    static Optional<Stage> stage(StepCall call) {
        return call.optional(Variable.STAGE).map(Stage::valueOf);
    }

    static void enter(StepCall call, Stage stage) {
        call.set(Variable.STAGE, stage.name());
    }

    static HostChange now(StepCall call, MemberRequest request) {
        return joinsBesideWhoGoes(call) ? request.arrival() : request.whole();
    }

    static String digestVariable(StepCall call) {
        return joinsBesideWhoGoes(call) ? Variable.JOINING_DIGEST : Variable.DEFINITION_DIGEST;
    }

    private static boolean joinsBesideWhoGoes(StepCall call) {
        return presence(call) == Presence.Kind.THERE
                && stage(call).filter(s -> s == Stage.JOINING).isPresent();
    }

    static MemberChange change(StepCall call) {
        return change(call, presence(call));
    }

    static MemberChange change(StepCall call, Presence.Kind presence) {
        StepEnvironment environment = call.environment();
        return MemberChange.of(
                request(call).orElseThrow(),
                presence,
                c -> environment.deployment(call.clusterName(), Map.of(), c));
    }

    /** Whether the service is one of load balancers, whose new host comes last. */
    static boolean balances(DesiredService service) {
        return service.kind().equals(BALANCER);
    }

    /** Those of the batches whose turn it is at this stage; all of them in other runbooks. */
    static List<List<Host>> only(StepCall call, DesiredService service, List<List<Host>> batches) {
        Optional<String> joining =
                request(call).flatMap(MemberRequest::joining).map(HostChange.Arrival::host);
        Optional<Stage> stage = stage(call);
        if (joining.isEmpty() || stage.isEmpty()) {
            return batches;
        }
        return switch (stage.get()) {
            case JOINING -> filtered(batches, joining.get(), true);
            case SETTLING -> balances(service) ? filtered(batches, joining.get(), false) : batches;
            case ADMITTING -> batches;
        };
    }

    private static List<List<Host>> filtered(
            List<List<Host>> batches, String host, boolean itself) {
        return batches.stream()
                .map(b -> b.stream().filter(h -> h.name().equals(host) == itself).toList())
                .filter(b -> !b.isEmpty())
                .toList();
    }

    /** The service without one host, of which nothing is expected yet. */
    static RolloutContext besides(RolloutContext context, Host host) {
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

    static RolloutContext at(StepCall call, Deployment deployment) {
        return call.context(deployment, deployment.services().get(0));
    }

    /** While a run goes on without a host that is gone, keeps it down should it come back. */
    static void guard(StepCall call) {
        if (presence(call) != Presence.Kind.GONE || stage(call).isEmpty()) {
            return;
        }
        MemberChange change = change(call);
        // once the inventory is written nobody knows how to reach it
        Optional<Host> gone =
                change.request()
                        .leaving()
                        .flatMap(h -> change.before().cluster().inventory().find(h));
        if (gone.isEmpty() || !MemberPlanning.guards(change)) {
            return;
        }
        StepEnvironment environment = call.environment();
        environment
                .departed()
                .ensure(
                        call.run(),
                        () -> environment.runs().find(call.run()).flatMap(Run::endedAt).isEmpty(),
                        () -> {
                            Journal journal =
                                    environment
                                            .journals()
                                            .open(
                                                    call.run(),
                                                    "guard",
                                                    Step.secrets(environment, call.clusterName()));
                            DepartedFence.raise(
                                    new RolloutContext(
                                            change.before(),
                                            change.before().services().get(0),
                                            environment.hosts(),
                                            environment.engines(),
                                            environment.fanOut(),
                                            journal),
                                    gone.get());
                        });
    }
}
