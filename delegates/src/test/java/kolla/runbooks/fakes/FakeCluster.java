package kolla.runbooks.fakes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.Engines;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.Hosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;

/** Hosts and engines in memory, made when first asked for; and a fan-out that goes one by one. */
public final class FakeCluster {

    private final Map<String, FakeHost> hosts = new LinkedHashMap<>();
    private final Map<String, FakeEngine> engines = new LinkedHashMap<>();

    public synchronized FakeHost host(Host host) {
        return hosts.computeIfAbsent(host.name(), n -> new FakeHost(host));
    }

    public synchronized FakeEngine engine(Host host) {
        return engines.computeIfAbsent(host.name(), n -> new FakeEngine());
    }

    public Hosts hosts() {
        return new Hosts() {
            @Override
            public HostConnection on(Cluster cluster, Host host) {
                return host(host);
            }

            @Override
            public void forget(Cluster cluster) {}

            @Override
            public void close() {}
        };
    }

    public Engines engines() {
        return new Engines() {
            @Override
            public ContainerEngine on(Cluster cluster, Host host) {
                return engine(host);
            }

            @Override
            public void close() {}
        };
    }

    public static FanOut oneByOne() {
        return new FanOut() {
            @Override
            public <T> Map<Host, Outcome<T>> each(List<Host> list, Function<Host, T> work) {
                Map<Host, Outcome<T>> outcomes = new LinkedHashMap<>();
                for (Host host : list) {
                    try {
                        outcomes.put(host, new Outcome.Done<>(work.apply(host)));
                    } catch (RuntimeException e) {
                        outcomes.put(host, new Outcome.Failed<>(e));
                    }
                }
                return outcomes;
            }

            @Override
            public <T> Map<Host, T> all(List<Host> list, Function<Host, T> work) {
                Map<Host, T> results = new LinkedHashMap<>();
                list.forEach(h -> results.put(h, work.apply(h)));
                return results;
            }
        };
    }
}
