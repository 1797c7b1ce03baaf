package kolla.runbooks.inventory;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who leaves the inventory or groups of it, who joins. A host that leaves the inventory and joins
 * it under the same name is replaced: its groups stay, its address may change.
 *
 * @param leaving a host that is not there (any more) has left already
 * @param joining a host that is where it is asked for has joined already
 */
public record HostChange(List<Departure> leaving, List<Arrival> joining) {

    public static final HostChange NONE = new HostChange(List.of(), List.of());

    public HostChange {
        leaving = List.copyOf(leaving);
        joining = List.copyOf(joining);
    }

    /** Whether nobody is asked to leave or to join. */
    public boolean isNone() {
        return leaving.isEmpty() && joining.isEmpty();
    }

    /**
     * A host leaves.
     *
     * @param groups that the host leaves; empty: all of them, and the inventory. Groups that have
     *     the host only by one of these lose it too
     */
    public record Departure(String host, Set<String> groups) {
        public Departure {
            groups = sorted(groups);
        }
    }

    /**
     * A host joins.
     *
     * @param address its {@code ansible_host}; empty when the inventory has it already or the name
     *     is the address
     * @param like a host of the inventory: the new one is put where this one stands, with its
     *     connection variables
     * @param groups instead of or besides {@code like}: groups that it is put into directly
     */
    public record Arrival(
            String host, Optional<String> address, Optional<String> like, Set<String> groups) {
        public Arrival {
            groups = sorted(groups);
        }
    }

    /** In an order of its own, so that the same change always makes the same text. */
    private static Set<String> sorted(Set<String> groups) {
        return Collections.unmodifiableSet(new TreeSet<>(groups));
    }
}
