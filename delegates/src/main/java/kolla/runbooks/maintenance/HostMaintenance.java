package kolla.runbooks.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Drainer;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Rollouts;
import kolla.runbooks.rollout.ServiceRollout;

/**
 * Takes a host out of a cluster and brings it in again, service by service. Each part looks first
 * and does only what is still needed. Stateless and thread-safe.
 *
 * <p>Containers are stopped, not changed. With the restart policy {@code unless-stopped} an engine
 * leaves what was stopped alone when the host boots; so a host comes back empty-handed and waits.
 */
public final class HostMaintenance {

    private final Rollouts rollouts;
    private final Drainer drainer;

    public HostMaintenance(Rollouts rollouts, Drainer drainer) {
        this.rollouts = rollouts;
        this.drainer = drainer;
    }

    /**
     * Looks what would be left without the host.
     *
     * @param context of any service
     * @throws RunbookFailure {@code KR-MAINTENANCE-001} when nothing runs on such a host, {@code
     *     KR-MAINTENANCE-002} when a service could not do without it
     */
    public MaintenancePlan plan(RolloutContext context, String name, Acceptance accepted) {
        Host host = host(context.deployment(), name);
        List<DesiredService> services =
                MaintenanceDecisions.leaving(
                        context.deployment().services().stream()
                                .filter(s -> s.hosts().contains(host))
                                .toList());
        List<Standing> standings = standings(context, services, host);
        List<String> tooFew = MaintenanceDecisions.tooFew(standings, host.name());
        if (!tooFew.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-MAINTENANCE-002",
                    "too few would be left: " + String.join("; ", tooFew),
                    tooFew);
        }
        return new MaintenancePlan(
                context.cluster().name(),
                host.name(),
                standings,
                accepted.names(),
                comeBackByThemselves(services, host));
    }

    /**
     * @throws RunbookFailure {@code KR-MAINTENANCE-001} when no service runs on a host of this name
     */
    public static Host host(Deployment deployment, String name) {
        List<Host> serving =
                deployment.cluster().inventory().hosts().stream()
                        .filter(h -> deployment.services().stream().anyMatch(s -> runs(s, h)))
                        .toList();
        return serving.stream()
                .filter(h -> h.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-MAINTENANCE-001",
                                        "host: \""
                                                + name
                                                + "\" serves nothing here; hosts that do are "
                                                + String.join(
                                                        ", ",
                                                        serving.stream().map(Host::name).toList()),
                                        List.of()));
    }

    private static boolean runs(DesiredService service, Host host) {
        return service.hosts().contains(host);
    }

    /** How these services would stand without the host; looks at the others. */
    public List<Standing> standings(
            RolloutContext context, List<DesiredService> services, Host host) {
        return services.stream().map(s -> standing(context.about(s), host)).toList();
    }

    /** Services of a host in the order in which they are taken out. */
    public static List<DesiredService> leaving(List<DesiredService> inOrderOfDependency) {
        return MaintenanceDecisions.leaving(inOrderOfDependency);
    }

    private Standing standing(RolloutContext context, Host host) {
        DesiredService service = context.service();
        List<Host> others = service.hosts().stream().filter(h -> !h.equals(host)).toList();
        Map<Host, FanOut.Outcome<Boolean>> seen =
                context.fanOut().each(others, h -> serves(context, h));
        List<String> serving = new ArrayList<>();
        List<String> away = new ArrayList<>();
        seen.forEach(
                (other, outcome) -> {
                    boolean serves =
                            outcome instanceof FanOut.Outcome.Done<Boolean> done && done.value();
                    (serves ? serving : away).add(other.name());
                });
        ServiceRollout rollout = rollouts.of(service);
        boolean drained = service.frontends().stream().anyMatch(f -> f.drained());
        return new Standing(
                service.name(),
                service.hosts().size(),
                serving,
                away,
                rollout.needed(service.hosts().size()),
                (drained ? "is drained on every HAProxy that stays, " : "") + rollout.takingOut(),
                service.on(host).stream().map(c -> c.spec().name()).toList());
    }

    private static boolean serves(RolloutContext context, Host host) {
        return context.service().on(host).stream()
                .allMatch(
                        c ->
                                context.engine(host)
                                        .inspect(c.spec().name())
                                        .map(ContainerState::running)
                                        .orElse(false));
    }

    private static List<String> comeBackByThemselves(List<DesiredService> services, Host host) {
        List<String> always =
                services.stream()
                        .flatMap(s -> s.on(host).stream())
                        .filter(c -> c.spec().restartPolicy().equals("always"))
                        .map(c -> c.spec().name())
                        .toList();
        return always.isEmpty()
                ? List.of()
                : List.of(
                        "restart policy \"always\": when the host boots, its engine starts "
                                + String.join(", ", always)
                                + " by itself, before this run does");
    }

    /** Takes one service away from the host; its clients go to the other hosts first. */
    public void takeOut(RolloutContext context, Host host) {
        drainer.drain(context, host);
        rollouts.of(context.service()).takeOut(context, host);
        drainer.letGo(context, host);
    }

    /** Starts one service on the host again and waits until it serves. */
    public void bringBack(RolloutContext context, Host host) {
        rollouts.of(context.service()).converge(context, host);
        drainer.undrain(context, host);
    }

    /** The containers of the control plane that still run on the host. */
    public static List<String> running(RolloutContext context, Host host) {
        return context.deployment().services().stream()
                .flatMap(s -> s.on(host).stream())
                .map(DesiredContainer::spec)
                .flatMap(spec -> context.engine(host).inspect(spec.name()).stream())
                .filter(c -> c.running() || c.restarting())
                .map(ContainerState::name)
                .toList();
    }

    /** In the order in which they come back. */
    public static List<String> returning(Deployment deployment, MaintenancePlan plan) {
        Stream<String> names = deployment.services().stream().map(DesiredService::name);
        return names.filter(plan.services()::contains).toList();
    }
}
