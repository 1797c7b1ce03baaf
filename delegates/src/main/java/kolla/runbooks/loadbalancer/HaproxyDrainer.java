package kolla.runbooks.loadbalancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Drainer;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Drains by HAProxy's runtime socket on every host that runs one: whichever holds the virtual
 * address, and whoever takes it meanwhile, sends nothing new to the server.
 *
 * <p>Fails with {@code KR-LB-007} when draining would leave a backend without any server, {@code
 * KR-LB-005} when a server does not come up again, {@code KR-LB-006} when HAProxy does not obey.
 */
public final class HaproxyDrainer implements Drainer {

    /** Requests of an API last seconds; what is still open then is cut. */
    private static final Duration SESSIONS = Duration.ofSeconds(20);

    private static final Duration UP = Duration.ofSeconds(90);

    private final Patience patience;

    public HaproxyDrainer(Patience patience) {
        this.patience = patience;
    }

    @Override
    public void drain(RolloutContext context, Host host) {
        Map<Host, List<HaproxyServer>> mine = servers(context, host);
        boolean serving = mine.values().stream().flatMap(List::stream).anyMatch(HaproxyServer::up);
        if (!serving) {
            return;
        }
        awaitOthersUp(context, host);
        context.journal()
                .perform(
                        host.name(),
                        "drain " + context.service().name(),
                        "no HAProxy sends it anything new",
                        () -> {
                            set(context, mine, "drain");
                            boolean quiet =
                                    patience.until(SESSIONS, () -> quiet(context, host))
                                            .isPresent();
                            return quiet
                                    ? "no session is left"
                                    : "sessions were still open after "
                                            + SESSIONS.toSeconds()
                                            + " s";
                        });
    }

    @Override
    public Optional<Set<String>> served(RolloutContext context) {
        List<HaproxyServer> known =
                servers(context).values().stream().flatMap(List::stream).toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        known.stream()
                                .filter(HaproxyServer::up)
                                .map(HaproxyServer::server)
                                .collect(Collectors.toSet()));
    }

    @Override
    public Set<String> takenOut(RolloutContext context) {
        return servers(context).values().stream()
                .flatMap(List::stream)
                .filter(HaproxyServer::takenOut)
                .map(HaproxyServer::server)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void undrain(RolloutContext context, Host host) {
        // HAProxy calls a drained server DOWN while its check fails, and DRAIN when it is up again
        Map<Host, List<HaproxyServer>> out =
                servers(context, host).entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        e -> e.getValue().stream().filter(s -> !s.up()).toList()));
        if (out.values().stream().anyMatch(l -> !l.isEmpty())) {
            context.journal()
                    .perform(
                            host.name(),
                            "undrain " + context.service().name(),
                            "every HAProxy sends to it again",
                            () -> {
                                set(context, out, "ready");
                                return "ready";
                            });
        }
        Optional<Boolean> up =
                patience.until(
                        UP,
                        () ->
                                notUp(context, host).isEmpty()
                                        ? Optional.of(true)
                                        : Optional.empty());
        if (up.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-LB-005",
                    host.name(),
                    "HAProxy does not see "
                            + context.service().name()
                            + " up within "
                            + UP.toSeconds()
                            + " s: "
                            + String.join(", ", notUp(context, host)));
        }
    }

    @Override
    public void letGo(RolloutContext context, Host host) {
        Optional<Boolean> down =
                patience.until(
                        UP,
                        () ->
                                servers(context, host).values().stream()
                                                .flatMap(List::stream)
                                                .allMatch(HaproxyServer::down)
                                        ? Optional.of(true)
                                        : Optional.empty());
        if (down.isEmpty()) {
            context.journal()
                    .warn(
                            host.name(),
                            context.service().name()
                                    + " stays drained: "
                                    + String.join(", ", notUp(context, host)));
            return;
        }
        set(context, servers(context, host), "ready");
    }

    private static Optional<Boolean> quiet(RolloutContext context, Host host) {
        int sessions =
                servers(context, host).values().stream()
                        .flatMap(List::stream)
                        .mapToInt(HaproxyServer::sessions)
                        .sum();
        return sessions == 0 ? Optional.of(true) : Optional.empty();
    }

    private static List<String> notUp(RolloutContext context, Host host) {
        List<String> down = new ArrayList<>();
        servers(context, host)
                .forEach(
                        (balancer, servers) ->
                                servers.stream()
                                        .filter(s -> !s.up())
                                        .forEach(
                                                s ->
                                                        down.add(
                                                                s.backend()
                                                                        + " is "
                                                                        + s.status()
                                                                        + " on "
                                                                        + balancer.name())));
        return down;
    }

    /** A backend with one server in all has nobody to wait for. */
    private void awaitOthersUp(RolloutContext context, Host host) {
        Optional<Boolean> safe =
                patience.until(
                        UP,
                        () ->
                                lonely(context, host).isEmpty()
                                        ? Optional.of(true)
                                        : Optional.empty());
        if (safe.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-LB-007",
                    host.name(),
                    "draining would leave nobody to serve: "
                            + String.join(", ", lonely(context, host)));
        }
    }

    private static List<String> lonely(RolloutContext context, Host host) {
        List<String> lonely = new ArrayList<>();
        servers(context)
                .forEach(
                        (balancer, servers) ->
                                servers.stream()
                                        .collect(Collectors.groupingBy(HaproxyServer::backend))
                                        .forEach(
                                                (backend, all) -> {
                                                    if (all.size() > 1 && !otherUp(all, host)) {
                                                        lonely.add(
                                                                "no other server of "
                                                                        + backend
                                                                        + " is up on "
                                                                        + balancer.name());
                                                    }
                                                }));
        return lonely;
    }

    private static boolean otherUp(List<HaproxyServer> servers, Host host) {
        return servers.stream().anyMatch(s -> !s.server().equals(host.name()) && s.up());
    }

    private static void set(
            RolloutContext context, Map<Host, List<HaproxyServer>> servers, String state) {
        context.fanOut()
                .all(
                        List.copyOf(servers.keySet()),
                        balancer -> {
                            for (HaproxyServer server : servers.get(balancer)) {
                                HaproxySocket.set(about(context), balancer, server, state);
                            }
                            return true;
                        });
    }

    /** By balancer, the servers on {@code host} of the service's drained frontends. */
    private static Map<Host, List<HaproxyServer>> servers(RolloutContext context, Host host) {
        Map<Host, List<HaproxyServer>> on = new LinkedHashMap<>();
        servers(context)
                .forEach(
                        (balancer, servers) ->
                                on.put(
                                        balancer,
                                        servers.stream()
                                                .filter(s -> s.server().equals(host.name()))
                                                .toList()));
        return on;
    }

    /** By balancer, all servers of the service's drained frontends. */
    private static Map<Host, List<HaproxyServer>> servers(RolloutContext context) {
        Set<String> backends = backends(context);
        if (backends.isEmpty()) {
            return Map.of();
        }
        return context.fanOut()
                .all(
                        balancers(context),
                        balancer ->
                                HaproxySocket.servers(about(context), balancer).stream()
                                        .filter(s -> backends.contains(s.backend()))
                                        .toList());
    }

    private static Set<String> backends(RolloutContext context) {
        return context.service().frontends().stream()
                .filter(Frontend::drained)
                .map(Frontend::name)
                .collect(Collectors.toSet());
    }

    private static List<Host> balancers(RolloutContext context) {
        return context.deployment().ofKind("loadbalancer").stream()
                .flatMap(s -> s.hosts().stream())
                .filter(h -> HaproxySocket.runs(context, h))
                .toList();
    }

    private static RolloutContext about(RolloutContext context) {
        return context.deployment().ofKind("loadbalancer").map(context::about).orElse(context);
    }
}
