package kolla.runbooks.preparation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.preflight.Requirements;
import kolla.runbooks.rollout.Planner;

/**
 * What a host has to be like, from the cluster's definition.
 *
 * @param cluster its name
 * @param host the name of the one that is prepared
 * @param addresses of the hosts that have to know each other, by name: those that serve something,
 *     and the one that is prepared
 * @param known addresses of all hosts of the inventory, by name
 * @param registry that is reached without TLS; empty when none is
 */
record Wanted(
        String cluster,
        String host,
        Map<String, String> addresses,
        Map<String, String> known,
        Map<String, String> kernel,
        Optional<String> registry,
        Requirements required) {

    Wanted {
        addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
        known = Map.copyOf(known);
        kernel = Map.copyOf(kernel);
    }

    static Wanted of(Deployment deployment, Host newcomer) {
        Cluster cluster = deployment.cluster();
        Map<String, String> addresses = new LinkedHashMap<>();
        hosts(deployment, newcomer).forEach(h -> addresses.put(h.name(), address(cluster, h)));
        Map<String, String> known = new LinkedHashMap<>();
        cluster.inventory().hosts().forEach(h -> known.put(h.name(), address(cluster, h)));
        return new Wanted(
                cluster.name(),
                newcomer.name(),
                addresses,
                known,
                KernelSettings.wanted(cluster.variables(newcomer)),
                registry(cluster),
                Requirements.of(cluster.globals()));
    }

    /** Those that serve something and the newcomer, in the inventory's order. */
    static List<Host> hosts(Deployment deployment, Host newcomer) {
        List<Host> serving = Planner.hosts(deployment);
        return deployment.cluster().inventory().hosts().stream()
                .filter(h -> serving.contains(h) || h.name().equals(newcomer.name()))
                .toList();
    }

    private static String address(Cluster cluster, Host host) {
        return cluster.variables(host).string("api_interface_address", host.login().address());
    }

    private static Optional<String> registry(Cluster cluster) {
        return cluster.globals().truth("docker_registry_insecure", false)
                ? cluster.globals()
                        .string("docker_registry")
                        .map(r -> r.split("/", 2)[0].strip())
                        .filter(r -> !r.isEmpty())
                : Optional.empty();
    }
}
