package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;

/** Observes every host of a deployment, side by side, and makes the plan. Changes nothing. */
public final class Planner {

    private final Rollouts rollouts;

    public Planner(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /**
     * @param context of any service of the deployment
     * @throws kolla.runbooks.failure.RunbookFailure when a host could not be read or a service
     *     refuses to be touched in the state it is in
     */
    public Plan plan(RolloutContext context) {
        Deployment deployment = context.deployment();
        List<Host> hosts = hosts(deployment);
        Map<Host, HostObservation> seen = context.fanOut().all(hosts, h -> observe(context, h));
        Map<Host, Map<String, String>> old =
                context.fanOut().all(hosts, h -> oldContents(context, h, seen.get(h)));
        List<String> notes = new ArrayList<>();
        for (DesiredService service : deployment.services()) {
            notes.addAll(rollouts.of(service).preview(context.about(service)));
        }
        Plan plan = PlanDecision.decide(deployment, seen, old, notes);
        return plan.changesAnything() ? plan.with(warnings(context)) : plan;
    }

    private List<String> warnings(RolloutContext context) {
        List<String> warnings = new ArrayList<>();
        for (DesiredService service : context.deployment().services()) {
            warnings.addAll(rollouts.of(service).warnings(context.about(service)));
        }
        return warnings;
    }

    /** Every host that runs a service, each once, in the order of the inventory. */
    public static List<Host> hosts(Deployment deployment) {
        return deployment.cluster().inventory().hosts().stream()
                .filter(h -> deployment.services().stream().anyMatch(s -> s.hosts().contains(h)))
                .toList();
    }

    private static List<DesiredContainer> containers(Deployment deployment, Host host) {
        return deployment.services().stream().flatMap(s -> s.on(host).stream()).toList();
    }

    private static HostObservation observe(RolloutContext context, Host host) {
        HostObservation seen =
                HostObserver.observe(
                        context.connection(host),
                        context.engine(host),
                        containers(context.deployment(), host));
        return Adoption.withNotes(context, host, seen);
    }

    private static Map<String, String> oldContents(
            RolloutContext context, Host host, HostObservation seen) {
        Map<String, String> old = new LinkedHashMap<>();
        containers(context.deployment(), host).stream()
                .flatMap(c -> ConfigFiles.differing(c, seen.files()).stream())
                .filter(f -> seen.files().containsKey(f.path()))
                .forEach(
                        f -> {
                            Optional<String> text =
                                    HostObserver.content(context.connection(host), f.path());
                            text.ifPresent(t -> old.put(f.path(), t));
                        });
        return old;
    }
}
