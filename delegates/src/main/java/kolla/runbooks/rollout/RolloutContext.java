package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.Engines;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.Hosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.Journal;

/**
 * What travels with every call of a rollout: what should be, the ways to the hosts, the journal.
 *
 * @param out names of hosts that are out on purpose: nothing is expected of them
 * @param restarts which processes are to be replaced although nothing about them differs
 */
public record RolloutContext(
        Deployment deployment,
        DesiredService service,
        Hosts hosts,
        Engines engines,
        FanOut fanOut,
        Journal journal,
        Restarts restarts,
        Set<String> out) {

    /** One in which containers are touched only where they differ. */
    public RolloutContext(
            Deployment deployment,
            DesiredService service,
            Hosts hosts,
            Engines engines,
            FanOut fanOut,
            Journal journal) {
        this(deployment, service, hosts, engines, fanOut, journal, Restarts.NONE, Set.of());
    }

    public Cluster cluster() {
        return deployment.cluster();
    }

    public HostConnection connection(Host host) {
        return hosts.on(cluster(), host);
    }

    public ContainerEngine engine(Host host) {
        return engines.on(cluster(), host);
    }

    /**
     * Looks at every host of the service, side by side; the results are in the hosts' order.
     *
     * @param unread what a host is, by its name and the reason, where the look failed: what could
     *     not be read is not taken for absent
     */
    public <N> List<N> look(Function<Host, N> read, BiFunction<String, String, N> unread) {
        List<N> seen = new ArrayList<>();
        fanOut.each(service.hosts(), read)
                .forEach(
                        (host, outcome) ->
                                seen.add(
                                        outcome instanceof FanOut.Outcome.Failed<N> failed
                                                ? unread.apply(host.name(), why(failed.cause()))
                                                : ((FanOut.Outcome.Done<N>) outcome).value()));
        return seen;
    }

    private static String why(RuntimeException cause) {
        return cause instanceof RunbookFailure failure
                ? failure.code() + ": " + failure.sentence()
                : String.valueOf(cause.getMessage());
    }

    /** The same, about another service of the deployment. */
    public RolloutContext about(DesiredService other) {
        return new RolloutContext(
                deployment, other, hosts, engines, fanOut, journal, restarts, out);
    }

    /** The same, with processes that are to be replaced. */
    public RolloutContext asking(Restarts asked) {
        return new RolloutContext(deployment, service, hosts, engines, fanOut, journal, asked, out);
    }

    /** The same while a host is out: as if the service had never been on it. */
    public RolloutContext without(Host host) {
        Map<Host, List<DesiredContainer>> others = new LinkedHashMap<>(service.containers());
        others.remove(host);
        return new RolloutContext(
                deployment,
                service.with(others),
                hosts,
                engines,
                fanOut,
                journal,
                restarts,
                Set.of(host.name()));
    }
}
