package kolla.runbooks.catalog;

import java.util.List;

/**
 * How a service gets from one version to another, besides new containers.
 *
 * @param versions of what runs in its containers, and which may follow which
 * @param expand jobs that widen the schema before the first host changes, while the old code runs;
 *     they run from the new image, once for the cluster
 * @param afterHost jobs on each host after its containers have changed, one host at a time
 * @param contract jobs that take away what only the old code needs; there is no way back from them
 * @param oneWay why a host that has been upgraded cannot take the old version again on its data;
 *     empty where it can
 */
public record Upgrade(
        List<VersionRule> versions,
        List<BootstrapJob> expand,
        List<BootstrapJob> afterHost,
        List<BootstrapJob> contract,
        String oneWay) {

    public static final Upgrade NONE = new Upgrade(List.of(), List.of(), List.of(), List.of(), "");

    public Upgrade {
        versions = List.copyOf(versions);
        expand = List.copyOf(expand);
        afterHost = List.copyOf(afterHost);
        contract = List.copyOf(contract);
    }
}
