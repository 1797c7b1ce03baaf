package kolla.runbooks.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hosts and groups of an Ansible inventory. The order of hosts inside a group is the
 * inventory's and means something: it ranks VIP priority and writers.
 */
public record Inventory(List<Host> hosts, Map<String, List<String>> groups) {

    public Inventory {
        hosts = List.copyOf(hosts);
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    public Optional<Host> find(String name) {
        return hosts.stream().filter(h -> h.name().equals(name)).findFirst();
    }

    /**
     * @throws IllegalArgumentException when no host has this name; lists the names there are
     */
    public Host host(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "host: \"" + name + "\" is not in the inventory " + hosts));
    }

    /**
     * The hosts of a group with those of its children, in order; empty when there is no such group.
     */
    public List<Host> group(String name) {
        return groups.getOrDefault(name, List.of()).stream().map(this::host).toList();
    }
}
