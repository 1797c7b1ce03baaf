package kolla.runbooks.inventory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.inventory.HostChange.Arrival;

/**
 * A change as it is worked on: checked against the inventory, departures of one host together, a
 * host replaced under its own name only as an arrival.
 *
 * @param out hosts that leave the inventory
 * @param from the groups that a host leaves while it stays in the inventory
 */
record Moves(Set<String> out, Map<String, Set<String>> from, List<Arrival> in) {

    boolean leaves(String host, String group) {
        return out.contains(host) || leavesOnly(host, group);
    }

    /** Whether the host leaves this group by name and stays in the inventory. */
    boolean leavesOnly(String host, String group) {
        return from.getOrDefault(host, Set.of()).contains(group);
    }

    /** Every host that leaves or joins anything. */
    Set<String> movers() {
        Set<String> movers = new LinkedHashSet<>(out);
        movers.addAll(from.keySet());
        in.forEach(a -> movers.add(a.host()));
        return movers;
    }
}
