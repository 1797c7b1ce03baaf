package kolla.runbooks.catalog;

import java.util.List;
import java.util.Map;
import kolla.runbooks.inventory.Host;

/**
 * How a service gets from one version to another, besides new containers.
 *
 * @param versions of what runs in its containers, and which may follow which
 * @param expand jobs that widen the schema before the first host changes, while the old code runs;
 *     they run from the new image, once for the cluster
 * @param afterHost by the host's name, jobs on it after its containers have changed; each host has
 *     jobs of its own, because they name its address
 * @param contract jobs that take away what only the old code needs; there is no way back from them
 * @param oneWay why a host that has been upgraded cannot take the old version again on its data;
 *     empty where it can
 */
public record Upgrade(
        List<VersionRule> versions,
        List<BootstrapJob> expand,
        Map<String, List<BootstrapJob>> afterHost,
        List<BootstrapJob> contract,
        String oneWay) {

    public static final Upgrade NONE = new Upgrade(List.of(), List.of(), Map.of(), List.of(), "");

    public Upgrade {
        versions = List.copyOf(versions);
        expand = List.copyOf(expand);
        afterHost = Map.copyOf(afterHost);
        contract = List.copyOf(contract);
    }

    /** What is done on this host after its containers have changed. */
    public List<BootstrapJob> after(Host host) {
        return afterHost.getOrDefault(host.name(), List.of());
    }
}
