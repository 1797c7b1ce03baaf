package kolla.runbooks.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Change;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.rollout.PlanText;
import kolla.runbooks.rollout.Planner;
import kolla.runbooks.rollout.Restarts;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Rollouts;

/** Looks at every host and makes the plan of a rolling restart. Changes nothing. */
public final class RestartPlanning {

    private static final int SHOWN = 2000;

    private RestartPlanning() {}

    /**
     * @param context of any service of the deployment
     * @throws RunbookFailure {@code KR-RESTART-002} when a chosen service is not as it is defined:
     *     a restart would change more than the process
     */
    public static RestartPlan plan(
            RolloutContext context, Rollouts rollouts, RestartOrder order, Acceptance accepted) {
        refuseDifferences(new Planner(rollouts).plan(context), order);
        Map<Host, Map<String, Instant>> started =
                context.fanOut().all(order.hosts(), h -> started(context, order, h));
        Restarts restarts = restarts(started);
        List<RestartPlan.Turn> turns = new ArrayList<>();
        for (DesiredService service : order.services()) {
            RolloutContext asking = context.about(service).asking(restarts);
            List<String> notes = new ArrayList<>(rollouts.of(service).preview(asking));
            if (service.frontends().stream().anyMatch(Frontend::drained)) {
                notes.add("drained on every HAProxy where its rollout drains, then put back");
            }
            turns.add(
                    new RestartPlan.Turn(
                            service.name(),
                            rollouts.of(service).batches(asking).stream()
                                    .map(batch -> batch.stream().map(Host::name).toList())
                                    .toList(),
                            processes(service, order, started),
                            notes));
        }
        return new RestartPlan(context.cluster().name(), turns, accepted.names());
    }

    private static void refuseDifferences(Plan plan, RestartOrder order) {
        List<String> chosen = order.services().stream().map(DesiredService::name).toList();
        List<Change> differing =
                plan.changes().stream().filter(c -> chosen.contains(c.service())).toList();
        if (!differing.isEmpty()) {
            Change first = differing.get(0);
            throw RunbookFailure.person(
                    "KR-RESTART-002",
                    first.host(),
                    first.service()
                            + " is not as it is defined, so that its restart would change more than"
                            + " the process ("
                            + differing.size()
                            + " change(s) in all); deploy first, or leave this service out",
                    PlanText.of(new Plan(plan.cluster(), differing, List.of()), SHOWN));
        }
    }

    private static Map<String, Instant> started(
            RolloutContext context, RestartOrder order, Host host) {
        Map<String, Instant> started = new LinkedHashMap<>();
        for (DesiredService service : order.services()) {
            for (DesiredContainer container : service.on(host)) {
                String name = container.spec().name();
                Optional<Instant> since =
                        context.engine(host)
                                .inspect(name)
                                .filter(ContainerState::running)
                                .flatMap(ContainerState::startedAt);
                started.put(
                        name,
                        since.orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                "KR-RESTART-002",
                                                host.name(),
                                                "the container "
                                                        + name
                                                        + " does not run; deploy first, or leave"
                                                        + " this service out")));
            }
        }
        return started;
    }

    private static Restarts restarts(Map<Host, Map<String, Instant>> started) {
        Map<String, Map<String, Instant>> byName = new LinkedHashMap<>();
        started.forEach((host, containers) -> byName.put(host.name(), containers));
        return new Restarts(byName);
    }

    private static List<RestartPlan.Running> processes(
            DesiredService service, RestartOrder order, Map<Host, Map<String, Instant>> started) {
        List<RestartPlan.Running> processes = new ArrayList<>();
        for (Host host : order.hosts()) {
            for (DesiredContainer container : service.on(host)) {
                String name = container.spec().name();
                processes.add(
                        new RestartPlan.Running(
                                host.name(), name, started.get(host).get(name).toString()));
            }
        }
        return processes;
    }
}
