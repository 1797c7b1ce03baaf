package kolla.runbooks.memcached;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;
import kolla.runbooks.rollout.TakingOut;

/**
 * Rolls Memcached out. The algorithm: where no host serves yet, all side by side; otherwise one at
 * a time with a pause between, because each restart empties a part of the cache and Keystone has to
 * answer what it held. Never are two caches emptied at once, and none is ever flushed.
 */
public final class MemcachedRollout implements ServiceRollout {

    private static final String CONTAINER = "memcached";
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Bash speaks TCP itself; its image has no other client. */
    private static final String STATS =
            "exec 3<>\"/dev/tcp/$1/$2\" && printf 'stats\\r\\nquit\\r\\n' >&3 && timeout 5 cat <&3";

    private final HostConvergence convergence;
    private final Patience patience;

    public MemcachedRollout(HostConvergence convergence, Patience patience) {
        this.convergence = convergence;
        this.patience = patience;
    }

    @Override
    public String kind() {
        return "memcached";
    }

    @Override
    public List<String> preview(RolloutContext context) {
        List<String> open =
                context
                        .fanOut()
                        .all(context.service().hosts(), h -> fenceDiffers(context, h))
                        .entrySet()
                        .stream()
                        .filter(Map.Entry::getValue)
                        .map(e -> e.getKey().name())
                        .toList();
        return open.isEmpty()
                ? List.of()
                : List.of(
                        "fences "
                                + context.service().internalPorts()
                                + " from everybody but the cluster on "
                                + String.join(", ", open));
    }

    @Override
    public List<List<Host>> batches(RolloutContext context) {
        Map<Host, Seen> seen =
                context.fanOut().all(context.service().hosts(), h -> look(context, h));
        return decide(seen);
    }

    /** What is seen of one host. */
    record Seen(boolean running, boolean containerDiffers, boolean fenceDiffers) {}

    /** Batches of the hosts where something is to be done. Pure. */
    static List<List<Host>> decide(Map<Host, Seen> seen) {
        List<Host> outstanding =
                seen.entrySet().stream()
                        .filter(e -> e.getValue().containerDiffers || e.getValue().fenceDiffers)
                        .map(Map.Entry::getKey)
                        .toList();
        boolean emptiesCaches =
                outstanding.stream().map(seen::get).anyMatch(s -> s.containerDiffers && s.running);
        if (outstanding.isEmpty()) {
            return List.of();
        }
        return emptiesCaches ? outstanding.stream().map(List::of).toList() : List.of(outstanding);
    }

    private Seen look(RolloutContext context, Host host) {
        boolean running =
                context.engine(host).inspect(CONTAINER).map(ContainerState::running).orElse(false);
        return new Seen(running, convergence.needed(context, host), fenceDiffers(context, host));
    }

    @Override
    public void prepare(RolloutContext context, List<List<Host>> batches) {}

    @Override
    public void converge(RolloutContext context, Host host) {
        Seen seen = look(context, host);
        if (seen.fenceDiffers) {
            // the fence stands before anything listens behind it
            fence(context, host);
        }
        if (seen.containerDiffers) {
            convergence.apply(context, host);
            if (seen.running) {
                context.journal()
                        .log(
                                host.name(),
                                "waits "
                                        + PAUSE.toSeconds()
                                        + " s, so that the cache fills before the next is emptied");
                patience.until(PAUSE, Optional::empty);
            }
        }
    }

    @Override
    public void takeOut(RolloutContext context, Host host) {
        TakingOut.stopAll(convergence, context, host);
    }

    /** A host that joins finds the caches open to it; one that left is outside of the fence. */
    @Override
    public void reckonWith(RolloutContext members, Optional<Host> left) {
        members.fanOut()
                .all(
                        members.service().hosts(),
                        host -> {
                            fence(members, host);
                            return true;
                        });
    }

    private static void fence(RolloutContext context, Host host) {
        for (int port : context.service().internalPorts()) {
            if (!Fence.stands(context, host, port)) {
                Fence.set(context, host, port);
            }
        }
    }

    @Override
    public void finish(RolloutContext context) {}

    @Override
    public List<Finding> verify(RolloutContext context) {
        Map<Host, FanOut.Outcome<String>> answers =
                context.fanOut().each(context.service().hosts(), h -> stats(context, h));
        List<Finding> findings = new ArrayList<>();
        answers.forEach((host, outcome) -> findings.addAll(findings(host, outcome)));
        if (findings.isEmpty()) {
            findings.add(
                    Finding.good(
                            "KR-MEMCACHED-001",
                            "Memcached answers on all " + answers.size() + " hosts, fenced"));
        }
        return findings;
    }

    /** Empty when all is well; what is wrong otherwise. */
    private static List<Finding> findings(Host host, FanOut.Outcome<String> outcome) {
        String wrong =
                outcome instanceof FanOut.Outcome.Done<String> done
                        ? done.value()
                        : String.valueOf(
                                ((FanOut.Outcome.Failed<String>) outcome).cause().getMessage());
        return wrong.isEmpty()
                ? List.of()
                : List.of(
                        Finding.bad(
                                "KR-MEMCACHED-001",
                                host.name(),
                                "Memcached on " + host.name() + ": " + wrong));
    }

    /** Empty when it answers on its internal address and the fence stands. */
    private static String stats(RolloutContext context, Host host) {
        ContainerEngine.ExecResult result =
                context.engine(host)
                        .exec(
                                CONTAINER,
                                List.of(
                                        "bash",
                                        "-c",
                                        STATS,
                                        "bash",
                                        address(context, host),
                                        String.valueOf(port(context))),
                                Map.of(),
                                Optional.empty(),
                                LIMIT);
        if (!result.ok() || !result.out().contains("STAT uptime")) {
            return "does not answer \"stats\" (exit " + result.exit() + ")";
        }
        return fenceDiffers(context, host) ? "its port is not fenced" : "";
    }

    private static boolean fenceDiffers(RolloutContext context, Host host) {
        return context.service().internalPorts().stream()
                .anyMatch(port -> !Fence.stands(context, host, port));
    }

    /** Where the service listens on a host. */
    static String address(RolloutContext context, Host host) {
        return context.cluster()
                .variables(host)
                .string("api_interface_address", host.login().address());
    }

    private static int port(RolloutContext context) {
        return context.service().settings().integer("memcached_port", 11211);
    }
}
