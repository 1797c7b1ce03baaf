package kolla.runbooks.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;

/**
 * Services that keep no state of their own: an API behind the load balancer, a scheduler. This is
 * all that a new folder in {@code config-templates} needs.
 *
 * <p>Where it runs nowhere: accounts, bootstrap jobs once, then all hosts side by side. Otherwise
 * one host after another in the order of {@link RollingOrder}: drained from the load balancer,
 * changed, healthy, back in the load balancer.
 */
public final class StatelessRollout implements ServiceRollout {

    private final HostConvergence convergence;
    private final Drainer drainer;
    private final DatabaseAccounts databases;
    private final BrokerAccounts brokers;
    private final Endpoints endpoints;

    public StatelessRollout(
            HostConvergence convergence,
            Drainer drainer,
            DatabaseAccounts databases,
            BrokerAccounts brokers,
            Endpoints endpoints) {
        this.convergence = convergence;
        this.drainer = drainer;
        this.databases = databases;
        this.brokers = brokers;
        this.endpoints = endpoints;
    }

    @Override
    public String kind() {
        return "stateless";
    }

    @Override
    public List<String> preview(RolloutContext context) {
        List<String> sentences = new ArrayList<>();
        context.service()
                .database()
                .ifPresent(a -> sentences.addAll(databases.preview(context, a)));
        Set<String> out = drainer.takenOut(context);
        if (!out.isEmpty()) {
            sentences.add(
                    "puts "
                            + context.service().name()
                            + " on "
                            + String.join(", ", out)
                            + " back into the load balancer");
        }
        return sentences;
    }

    @Override
    public List<List<Host>> batches(RolloutContext context) {
        Set<String> out = drainer.takenOut(context);
        Map<Host, Boolean> differs =
                context.fanOut()
                        .all(
                                context.service().hosts(),
                                h -> out.contains(h.name()) || convergence.needed(context, h));
        if (!differs.containsValue(true)) {
            return List.of();
        }
        Optional<Set<String>> served = drainer.served(context);
        Map<Host, RollingOrder.Seen> seen = new LinkedHashMap<>();
        differs.forEach(
                (host, different) ->
                        seen.put(
                                host,
                                new RollingOrder.Seen(
                                        different,
                                        runs(context, host),
                                        served.map(s -> s.contains(host.name())))));
        return RollingOrder.decide(seen);
    }

    @Override
    public void prepare(RolloutContext context, List<List<Host>> batches) {
        if (batches.isEmpty()) {
            return;
        }
        context.service().database().ifPresent(a -> databases.ensure(context, a));
        context.service().broker().ifPresent(a -> brokers.ensure(context, a));
        if (context.service().hosts().stream().noneMatch(h -> runs(context, h))) {
            bootstrap(context);
        }
    }

    private void bootstrap(RolloutContext context) {
        List<Host> hosts = context.service().hosts();
        for (BootstrapJob job : context.service().bootstrap()) {
            List<Host> where = job.perHost() ? hosts : hosts.subList(0, 1);
            context.fanOut()
                    .all(
                            where,
                            h -> {
                                convergence.runBootstrap(context, h, job);
                                return true;
                            });
        }
    }

    @Override
    public void converge(RolloutContext context, Host host) {
        if (convergence.needed(context, host)) {
            drainer.drain(context, host);
            convergence.apply(context, host);
        }
        drainer.undrain(context, host);
    }

    @Override
    public void takeOut(RolloutContext context, Host host) {
        TakingOut.stopAll(convergence, context, host);
    }

    @Override
    public void finish(RolloutContext context) {
        context.service().endpoint().ifPresent(e -> endpoints.ensure(context, e));
        settle(context);
    }

    /** The last host has what it should have: a database password from before is not needed. */
    public void settle(RolloutContext context) {
        context.service().database().ifPresent(a -> databases.settle(context, a));
    }

    @Override
    public List<Finding> verify(RolloutContext context) {
        Map<Host, FanOut.Outcome<Boolean>> seen =
                context.fanOut()
                        .each(
                                context.service().hosts(),
                                h -> {
                                    context.service()
                                            .on(h)
                                            .forEach(
                                                    c ->
                                                            convergence.awaitHealthy(
                                                                    context,
                                                                    h,
                                                                    c.spec().name(),
                                                                    Duration.ofSeconds(5)));
                                    return true;
                                });
        return seen.entrySet().stream()
                .map(e -> finding(context, e.getKey(), e.getValue()))
                .toList();
    }

    private static Finding finding(
            RolloutContext context, Host host, FanOut.Outcome<Boolean> outcome) {
        String service = context.service().name();
        if (outcome instanceof FanOut.Outcome.Failed<Boolean> failed) {
            return Finding.bad(
                    "KR-VERIFY-002", host.name(), service + ": " + failed.cause().getMessage());
        }
        return Finding.good("KR-VERIFY-002", service + " is healthy on " + host.name());
    }

    private static boolean runs(RolloutContext context, Host host) {
        return context.service().on(host).stream()
                .flatMap(c -> context.engine(host).inspect(c.spec().name()).stream())
                .anyMatch(ContainerState::running);
    }
}
