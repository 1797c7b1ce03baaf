package kolla.runbooks.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;

/**
 * Decides whether hosts are fit for a deployment. Pure: from facts to every problem at once.
 *
 * <ol>
 *   <li>the engine answers and is new enough;
 *   <li>the disks below {@code /var/lib/docker} and {@code /etc} have room;
 *   <li>the clock is near this program's: tokens and certificates depend on it;
 *   <li>every host of the cluster resolves here to its own address: RabbitMQ's node names need it;
 *   <li>no port of a service is taken by something else than the service's own containers;
 *   <li>the VIP is on none of the hosts and answers nowhere, or the cluster's own Keepalived holds
 *       it.
 * </ol>
 */
public final class Preflight {

    private Preflight() {}

    public static List<Problem> decide(
            Deployment deployment, Map<Host, HostFacts> facts, Requirements required) {
        List<Problem> problems = new ArrayList<>();
        facts.forEach(
                (host, seen) -> {
                    engine(host, seen, required, problems);
                    disk(host, seen, required, problems);
                    clock(host, seen, required, problems);
                    names(deployment, host, seen, problems);
                    ports(deployment, host, seen, problems);
                });
        vip(deployment, facts, problems);
        return List.copyOf(problems);
    }

    private static void engine(
            Host host, HostFacts seen, Requirements required, List<Problem> problems) {
        Optional<String> version = seen.engineVersion();
        if (version.isEmpty()) {
            problems.add(
                    new Problem(
                            host.name(), "engine", "the Docker engine does not answer; start it"));
        } else if (major(version.get()) < required.engineMajor()) {
            problems.add(
                    new Problem(
                            host.name(),
                            "engine",
                            "Docker "
                                    + version.get()
                                    + " is too old; "
                                    + required.engineMajor()
                                    + " or newer is needed"));
        }
    }

    private static int major(String version) {
        String digits = version.split("\\.", 2)[0].replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static void disk(
            Host host, HostFacts seen, Requirements required, List<Problem> problems) {
        seen.freeBytes()
                .forEach(
                        (path, free) -> {
                            if (free < required.freeBytes()) {
                                problems.add(
                                        new Problem(
                                                host.name(),
                                                "disk",
                                                String.format(
                                                        Locale.ROOT,
                                                        "%s has %.1f GiB free; %.1f GiB are needed",
                                                        path,
                                                        gib(free),
                                                        gib(required.freeBytes()))));
                            }
                        });
    }

    private static double gib(long bytes) {
        return bytes / (double) (1L << 30);
    }

    private static void clock(
            Host host, HostFacts seen, Requirements required, List<Problem> problems) {
        Duration offset = seen.clockOffset();
        if (offset.abs().compareTo(required.clockOffset()) > 0) {
            problems.add(
                    new Problem(
                            host.name(),
                            "time",
                            "its clock is "
                                    + offset.abs().toSeconds()
                                    + " s "
                                    + (offset.isNegative() ? "behind" : "ahead of")
                                    + " this program's; at most "
                                    + required.clockOffset().toSeconds()
                                    + " s are allowed"));
        }
    }

    private static void names(
            Deployment deployment, Host host, HostFacts seen, List<Problem> problems) {
        seen.names()
                .forEach(
                        (name, address) -> {
                            Optional<String> right =
                                    deployment
                                            .cluster()
                                            .inventory()
                                            .find(name)
                                            .map(h -> h.login().address());
                            if (address.isEmpty()) {
                                problems.add(
                                        new Problem(
                                                host.name(),
                                                "name resolution",
                                                name
                                                        + " does not resolve; it should be "
                                                        + right.orElse("known")));
                            } else if (address.get().startsWith("127.")
                                    || address.get().equals("::1")) {
                                problems.add(
                                        new Problem(
                                                host.name(),
                                                "name resolution",
                                                name
                                                        + " resolves to the loopback address "
                                                        + address.get()
                                                        + "; it should be "
                                                        + right.orElse("the host's own")));
                            }
                        });
    }

    private static void ports(
            Deployment deployment, Host host, HostFacts seen, List<Problem> problems) {
        for (DesiredService service : deployment.services()) {
            boolean own =
                    service.on(host).stream()
                            .anyMatch(c -> seen.running().contains(c.spec().name()));
            if (own || !service.hosts().contains(host)) {
                continue;
            }
            for (int port : service.ports()) {
                Set<String> taken = seen.listening().getOrDefault(port, Set.of());
                boolean onVipOnly = taken.stream().allMatch(deployment.vip()::equals);
                if (!onVipOnly) {
                    problems.add(
                            new Problem(
                                    host.name(),
                                    "port",
                                    port
                                            + ", which "
                                            + service.name()
                                            + " needs, is taken on "
                                            + String.join(", ", taken)));
                }
            }
        }
    }

    private static void vip(
            Deployment deployment, Map<Host, HostFacts> facts, List<Problem> problems) {
        String vip = deployment.vip();
        List<Host> holders =
                facts.keySet().stream()
                        .filter(h -> facts.get(h).addresses().contains(vip))
                        .toList();
        for (Host holder : holders) {
            if (!facts.get(holder).running().contains("keepalived")) {
                problems.add(
                        new Problem(
                                holder.name(),
                                "VIP",
                                vip + " is on this host, but no Keepalived of ours runs there"));
            }
        }
        if (holders.isEmpty()) {
            facts.entrySet().stream()
                    .filter(e -> e.getValue().vipAnswers())
                    .findFirst()
                    .ifPresent(
                            e ->
                                    problems.add(
                                            new Problem(
                                                    e.getKey().name(),
                                                    "VIP",
                                                    vip
                                                            + " answers from a machine that is not"
                                                            + " of this cluster; give the cluster"
                                                            + " an address of its own")));
        }
    }
}
