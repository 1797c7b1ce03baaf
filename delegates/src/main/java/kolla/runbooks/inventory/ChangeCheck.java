package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.inventory.HostChange.Arrival;
import kolla.runbooks.inventory.HostChange.Departure;

/**
 * Holds what is asked for against the inventory as it is; tells everything that is wrong at once.
 */
final class ChangeCheck {

    private final HostChange change;
    private final ReadInventory inventory;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes;

    /**
     * @param notes takes what a person should know besides
     */
    ChangeCheck(HostChange change, ReadInventory inventory, List<String> notes) {
        this.change = change;
        this.inventory = inventory;
        this.notes = notes;
    }

    /**
     * @throws kolla.runbooks.failure.RunbookFailure KR-MEMBERS-001 with all that is wrong
     */
    Moves moves() {
        Set<String> out = new LinkedHashSet<>();
        Map<String, Set<String>> from = new LinkedHashMap<>();
        change.leaving().forEach(d -> departure(d, out, from));
        from.keySet().removeAll(out);
        List<Arrival> in = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Arrival arrival : change.joining()) {
            if (!names.add(arrival.host())) {
                problem(arrival, "joining", arrival.host(), "it stands there twice; name it once");
            }
            in.add(arrival(arrival, out, from));
        }
        out.removeAll(names);
        problems.addAll(new AddressCheck(inventory, in, out).problems());
        if (!problems.isEmpty()) {
            throw Refusals.notPossible(problems);
        }
        return new Moves(out, from, in);
    }

    private void departure(Departure departure, Set<String> out, Map<String, Set<String>> from) {
        String host = departure.host();
        if (!inventory.has(host)) {
            notes.add(
                    host
                            + " is not in the inventory: nothing to take out"
                            + meant(host, inventory.hosts()));
        } else if (inventory.isLocal(host)) {
            problems.add(
                    "host \""
                            + host
                            + "\": it is the operator's own machine, no host of the cloud");
        } else if (departure.groups().isEmpty()) {
            out.add(host);
        }
        departure.groups().forEach(g -> group("leaves group", host, g));
        if (inventory.has(host) && !departure.groups().isEmpty()) {
            from.computeIfAbsent(host, h -> new TreeSet<>()).addAll(departure.groups());
        }
    }

    private Arrival arrival(Arrival arrival, Set<String> out, Map<String, Set<String>> from) {
        String host = arrival.host();
        boolean known = inventory.has(host);
        if (!known && !HostNames.isName(host)) {
            problem(arrival, "name", host, "a host's name has letters, digits, hyphens and dots");
        } else if (inventory.groups().contains(host)) {
            problem(arrival, "name", host, "it is a group's name already; take another");
        } else if (known && inventory.isLocal(host)) {
            problem(
                    arrival,
                    "name",
                    host,
                    "it is the operator's own machine, no host of the cloud");
        }
        arrival.groups().forEach(g -> group("joins group", host, g));
        for (String group : from.getOrDefault(host, Set.of())) {
            if (arrival.groups().contains(group)) {
                problem(arrival, "groups", group, "the host cannot leave and join it at once");
            }
        }
        if (!known && arrival.like().isEmpty() && arrival.groups().isEmpty()) {
            problem(
                    arrival,
                    "like",
                    "",
                    "the host is new: name a host that it is to stand like, or its groups");
        }
        return arrival.like().isPresent() ? like(arrival, arrival.like().get(), out) : arrival;
    }

    /** The arrival without {@code like} where that says nothing. */
    private Arrival like(Arrival arrival, String like, Set<String> out) {
        Arrival alone =
                new Arrival(arrival.host(), arrival.address(), Optional.empty(), arrival.groups());
        boolean known = inventory.has(arrival.host());
        boolean leaves =
                change.leaving().stream()
                        .anyMatch(d -> d.host().equals(like) && d.groups().isEmpty());
        if (like.equals(arrival.host())) {
            if (!known) {
                problem(arrival, "like", like, "the host is new: it cannot stand like itself");
            }
            return alone;
        }
        if (out.contains(arrival.host())) {
            problem(
                    arrival,
                    "like",
                    like,
                    "a host that is replaced under its own name keeps its groups; leave it empty");
        } else if (!inventory.has(like) && leaves && known) {
            notes.add(
                    like
                            + " is not in the inventory any more; "
                            + arrival.host()
                            + " stays in the groups that it has");
            return alone;
        } else if (!inventory.has(like)) {
            problem(
                    arrival,
                    "like",
                    like,
                    "no host of the inventory has this name"
                            + meant(like, inventory.hosts())
                            + "; there are "
                            + String.join(", ", inventory.hosts()));
        } else if (inventory.isLocal(like)) {
            problem(arrival, "like", like, "it is the operator's own machine; name a host");
        }
        return arrival;
    }

    private void group(String field, String host, String group) {
        if (Set.of(InventoryDraft.ALL, InventoryDraft.UNGROUPED).contains(group)) {
            problems.add(
                    "host \""
                            + host
                            + "\": "
                            + field
                            + ": \""
                            + group
                            + "\" is no group of its own; name groups of the inventory, or none");
        } else if (!inventory.groups().contains(group)) {
            problems.add(
                    "host \""
                            + host
                            + "\": "
                            + field
                            + ": \""
                            + group
                            + "\": the inventory has no such group"
                            + meant(group, inventory.groups())
                            + "; write a section ["
                            + group
                            + "] or correct the name");
        }
    }

    private void problem(Arrival arrival, String field, String value, String right) {
        problems.add("host \"" + arrival.host() + "\": " + field + ": \"" + value + "\": " + right);
    }

    private static String meant(String seen, Collection<String> names) {
        return Spelling.nearest(seen, names).map(s -> " (did you mean \"" + s + "\"?)").orElse("");
    }
}
