package kolla.runbooks.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Upgrade;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Change;
import kolla.runbooks.rollout.ContainerDelta;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.rollout.Planner;
import kolla.runbooks.rollout.RestartReason;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Rollouts;

/**
 * Looks at everything and says what an upgrade would do; changes nothing. The images have to be on
 * the hosts already: their versions are asked of themselves.
 */
public final class UpgradePlanning {

    /** Kinds of services whose last host is another than the others: the VIP's, the writer's. */
    private static final Set<String> ORDERED = Set.of("loadbalancer", "galera");

    static final String DIFFERENT_IMAGES = "KR-UPGRADE-003";

    static final String NOT_FOR_RECONFIGURE = "KR-UPGRADE-007";

    private final Rollouts rollouts;
    private final Road road;

    public UpgradePlanning(Rollouts rollouts, Road road) {
        this.rollouts = rollouts;
        this.road = road;
    }

    /**
     * @param context of any service of the deployment that is the target
     * @param canary the host that goes first; empty to let the services' orders decide
     * @throws RunbookFailure {@code KR-UPGRADE-002} when a version must not follow the one that
     *     runs, {@code -003} when a tag is not the same image on every host, {@code -004} when a
     *     version cannot be read, {@code -001} when the canary is none of the hosts, {@code -007}
     *     when a reconfiguration would change images or bring a service that runs nowhere yet
     */
    public UpgradePlan plan(RolloutContext context, Optional<String> canary) {
        Plan plan = new Planner(rollouts).plan(context);
        List<DesiredService> changing = changing(context.deployment(), plan);
        Set<String> newImage = withNewImage(plan);
        if (road == Road.RECONFIGURE) {
            requireOnlyConfiguration(plan, changing, newImage);
        }
        List<String> notes = new ArrayList<>(plan.notes());
        notes.addAll(images(context, plan));
        VersionGate gate = new VersionGate();
        changing.stream()
                .filter(s -> newImage.contains(s.name()))
                .forEach(s -> gate.look(context.about(s)));
        notes.addAll(gate.sentences());
        List<String> turns = turns(context, changing, canary);
        boolean contracts =
                changing.stream()
                        .filter(s -> newImage.contains(s.name()))
                        .anyMatch(s -> !s.upgrade().contract().isEmpty());
        notes.addAll(way(changing, newImage, turns, contracts));
        return new UpgradePlan(new Plan(plan.cluster(), plan.changes(), notes), turns, contracts);
    }

    /** The hosts on which anything differs from the deployment, in the order of their turns. */
    public List<String> turns(RolloutContext context) {
        Plan plan = new Planner(rollouts).plan(context);
        return turns(context, changing(context.deployment(), plan), Optional.empty());
    }

    /** The services whose containers get another image on any host. */
    public static Set<String> withNewImage(Plan plan) {
        Set<String> names = new TreeSet<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Container container
                    && container.reasons().contains(RestartReason.IMAGE)) {
                names.add(container.service());
            }
        }
        return names;
    }

    /** Images have their own road with a way back of its own; a new service has to be founded. */
    private static void requireOnlyConfiguration(
            Plan plan, List<DesiredService> changing, Set<String> newImage) {
        if (!newImage.isEmpty()) {
            throw RunbookFailure.person(
                    NOT_FOR_RECONFIGURE,
                    "the definition asks for other images of "
                            + String.join(", ", newImage)
                            + "; leave the images in the definition as they run and name the new"
                            + " ones to rolling-upgrade",
                    List.of());
        }
        for (DesiredService service : changing) {
            long fresh =
                    plan.changes().stream()
                            .filter(c -> c.service().equals(service.name()))
                            .filter(UpgradePlanning::creates)
                            .map(Change::host)
                            .distinct()
                            .count();
            if (fresh == service.hosts().size()) {
                throw RunbookFailure.person(
                        NOT_FOR_RECONFIGURE,
                        service.name() + " runs on no host yet; a new service comes with deploy",
                        List.of());
            }
        }
    }

    private static boolean creates(Change change) {
        return change instanceof Change.Container container
                && container.action() == ContainerDelta.Kind.CREATE;
    }

    private static List<DesiredService> changing(Deployment deployment, Plan plan) {
        Set<String> names = new LinkedHashSet<>();
        plan.changes().forEach(c -> names.add(c.service()));
        return deployment.services().stream().filter(s -> names.contains(s.name())).toList();
    }

    private List<String> turns(
            RolloutContext context, List<DesiredService> changing, Optional<String> canary) {
        List<List<String>> orders = new ArrayList<>();
        for (DesiredService service : changing) {
            List<String> order =
                    rollouts.of(service).batches(context.about(service)).stream()
                            .flatMap(List::stream)
                            .map(Host::name)
                            .toList();
            boolean matters = ORDERED.contains(service.kind());
            // one that has no wish must not outvote one that has
            order.forEach(h -> orders.add(matters ? order : List.of(h)));
        }
        List<String> inventory =
                context.cluster().inventory().hosts().stream().map(Host::name).toList();
        List<String> turns = HostTurns.decide(inventory, orders, canary);
        if (canary.isPresent() && !turns.isEmpty() && !turns.contains(canary.get())) {
            throw RunbookFailure.person(
                    Target.NOT_RIGHT,
                    "canary: \""
                            + canary.get()
                            + "\" is wrong; right are hosts on which something changes: "
                            + turns,
                    List.of());
        }
        return turns;
    }

    /** What the approver signs is not a tag but what the tag names now, the same everywhere. */
    private static List<String> images(RolloutContext context, Plan plan) {
        Map<String, Map<String, String>> ids = new TreeMap<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Container container
                    && container.reasons().contains(RestartReason.IMAGE)) {
                Host host = context.cluster().inventory().host(container.host());
                String image =
                        context.deployment()
                                .service(container.service())
                                .container(host, container.container())
                                .orElseThrow()
                                .spec()
                                .image();
                context.engine(host)
                        .imageId(image)
                        .ifPresent(
                                id ->
                                        ids.computeIfAbsent(image, i -> new LinkedHashMap<>())
                                                .put(host.name(), id));
            }
        }
        List<String> sentences = new ArrayList<>();
        ids.forEach(
                (image, byHost) -> {
                    if (new TreeSet<>(byHost.values()).size() > 1) {
                        throw RunbookFailure.person(
                                DIFFERENT_IMAGES,
                                image
                                        + " is not the same image on every host: "
                                        + byHost
                                        + "; remove it where it is old (docker image rm) and retry",
                                List.of());
                    }
                    sentences.add(image + " is " + byHost.values().iterator().next());
                });
        return sentences;
    }

    private List<String> way(
            List<DesiredService> changing,
            Set<String> newImage,
            List<String> turns,
            boolean contracts) {
        if (turns.isEmpty()) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        List<String> oneWay = new ArrayList<>();
        for (DesiredService service : changing) {
            if (newImage.contains(service.name())) {
                Upgrade upgrade = service.upgrade();
                jobs("before the first host, while the old version serves: ", upgrade.expand())
                        .ifPresent(sentences::add);
                jobs("on each host after its turn: ", upgrade.after(service.hosts().get(0)))
                        .ifPresent(sentences::add);
                if (!upgrade.oneWay().isEmpty()) {
                    oneWay.add(service.name() + ": " + upgrade.oneWay());
                }
            }
        }
        sentences.add(
                turns.get(0)
                        + " goes first, as the canary"
                        + (turns.size() == 1
                                ? ", and is the only host that changes"
                                : "; the others follow one by one after a person's yes: "
                                        + String.join(", ", turns.subList(1, turns.size()))));
        sentences.add(
                (road == Road.UPGRADE
                                ? "the way back until the end is the definition as it stands"
                                : "the way back until the end is the definition as it was, put"
                                        + " back by whoever keeps it")
                        + ", host by host"
                        + (oneWay.isEmpty() ? "" : "; but " + String.join("; ", oneWay)));
        if (contracts) {
            sentences.add(
                    "at the end a person is asked before the schemas are contracted: from there"
                            + " is no way back but the backup");
        }
        return sentences;
    }

    private static Optional<String> jobs(String when, List<BootstrapJob> jobs) {
        return jobs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        when + String.join(", ", jobs.stream().map(BootstrapJob::name).toList()));
    }
}
