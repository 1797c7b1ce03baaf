package kolla.runbooks.inventory;

import java.nio.file.Path;

/**
 * One OpenStack control plane as its operator defined it.
 *
 * @param name the name that runs, leases and REST use
 * @param folder where its definition lives
 * @param globals {@code globals.yml} and {@code globals.d}, evaluated; they win over host variables
 *     as Ansible's extra variables do
 * @param overrides the {@code config/} folder with the operator's own configuration; may not exist
 * @param knownHosts the file with the pinned host keys
 */
public record Cluster(
        String name,
        Path folder,
        Inventory inventory,
        Variables globals,
        Passwords passwords,
        Path overrides,
        Path knownHosts) {

    /** What holds on this host: its own variables with the globals over them. */
    public Variables variables(Host host) {
        return host.variables().overlaidBy(globals);
    }
}
