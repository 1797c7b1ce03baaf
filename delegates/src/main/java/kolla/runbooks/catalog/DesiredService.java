package kolla.runbooks.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Variables;

/**
 * One service of a cluster, rendered for every host that runs it.
 *
 * @param kind how it is rolled out: {@code stateless}, or a kind with Java of its own ({@code
 *     galera}, {@code rabbitmq}, {@code loadbalancer}, {@code memcached}, {@code keystone})
 * @param after the services that must stand before it
 * @param containers by host, in the order of the inventory's group; the containers of one host in
 *     the order in which they start
 * @param ports that must be free on a host before the service comes there
 * @param internalPorts those of them that only the cluster's own hosts may reach: the host fences
 *     them from elsewhere
 * @param settings the catalogue's variables that have one value for the whole cluster (ports,
 *     addresses, accounts); no password
 * @param upgrade how it gets from one version to another
 */
public record DesiredService(
        String name,
        String title,
        String kind,
        List<String> after,
        Map<Host, List<DesiredContainer>> containers,
        List<Frontend> frontends,
        List<BootstrapJob> bootstrap,
        Optional<DatabaseAccount> database,
        Optional<BrokerAccount> broker,
        Optional<Endpoint> endpoint,
        List<Integer> ports,
        List<Integer> internalPorts,
        Variables settings,
        Upgrade upgrade) {

    public DesiredService {
        after = List.copyOf(after);
        containers = Collections.unmodifiableMap(new LinkedHashMap<>(containers));
        frontends = List.copyOf(frontends);
        bootstrap = List.copyOf(bootstrap);
        ports = List.copyOf(ports);
        internalPorts = List.copyOf(internalPorts);
    }

    public List<Host> hosts() {
        return List.copyOf(containers.keySet());
    }

    public List<DesiredContainer> on(Host host) {
        return containers.getOrDefault(host, List.of());
    }

    public Optional<DesiredContainer> container(Host host, String name) {
        return on(host).stream().filter(c -> c.spec().name().equals(name)).findFirst();
    }

    /** The same service with other containers, on the same hosts. */
    public DesiredService with(Map<Host, List<DesiredContainer>> others) {
        return new DesiredService(
                name,
                title,
                kind,
                after,
                others,
                frontends,
                bootstrap,
                database,
                broker,
                endpoint,
                ports,
                internalPorts,
                settings,
                upgrade);
    }
}
