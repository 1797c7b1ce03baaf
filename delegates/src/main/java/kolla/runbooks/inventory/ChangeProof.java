package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.inventory.HostChange.Arrival;

/**
 * Holds an inventory after a change against the one before: every group has whom it had, without
 * those who left and with those who were asked into it; those who stay are in the same order; their
 * variables and those of groups are the same; those who joined have the address and the variables
 * that they should.
 */
final class ChangeProof {

    private final ReadInventory before;
    private final ReadInventory after;
    private final Moves moves;
    private final Set<String> movers;
    private final List<String> problems = new ArrayList<>();

    ChangeProof(ReadInventory before, ReadInventory after, Moves moves) {
        this.before = before;
        this.after = after;
        this.moves = moves;
        this.movers = moves.movers();
    }

    /** What is not as it was asked for; empty when everything is. */
    List<String> problems() {
        Set<String> groups = new LinkedHashSet<>(before.groups());
        groups.addAll(after.groups());
        groups.removeAll(Set.of(InventoryDraft.ALL, InventoryDraft.UNGROUPED));
        groups.forEach(this::group);
        hosts();
        moves.in().forEach(this::arrival);
        return List.copyOf(problems);
    }

    private void group(String group) {
        if (!stay(before, group).equals(stay(after, group))) {
            problems.add(
                    "group \""
                            + group
                            + "\": "
                            + stay(after, group)
                            + ": the hosts that stay must be "
                            + stay(before, group)
                            + ", in this order");
        }
        for (String host : movers) {
            boolean is = after.hostsOf(group).contains(host);
            boolean should = before.groups().contains(group) && shouldBeIn(group, host);
            if (is != should) {
                problems.add(
                        "group \""
                                + group
                                + "\": "
                                + host
                                + (should ? " is not in it and must be" : " is still in it"));
            }
        }
        if (!before.ofGroup(group).equals(after.ofGroup(group))) {
            problems.add("group \"" + group + "\": its variables must stay");
        }
    }

    private List<String> stay(ReadInventory inventory, String group) {
        return inventory.hostsOf(group).stream().filter(h -> !movers.contains(h)).toList();
    }

    /** By the groups' own hosts and children as they were, with the moves done to the own hosts. */
    private boolean shouldBeIn(String group, String host) {
        if (moves.leaves(host, group)) {
            return false;
        }
        boolean asked =
                moves.in().stream()
                        .filter(a -> a.host().equals(host))
                        .anyMatch(
                                a ->
                                        a.groups().contains(group)
                                                || a.like()
                                                        .filter(l -> before.isDirect(l, group))
                                                        .isPresent());
        return asked
                || before.isDirect(host, group)
                || before.draft().groups().get(group).children.keySet().stream()
                        .anyMatch(c -> shouldBeIn(c, host));
    }

    private void hosts() {
        Set<String> right = new TreeSet<>(before.hosts());
        right.removeAll(moves.out());
        moves.in().forEach(a -> right.add(a.host()));
        Set<String> is = new TreeSet<>(after.hosts());
        for (String host : right) {
            if (!is.contains(host)) {
                problems.add(
                        "host \""
                                + host
                                + "\": it would be in no group and so not in the inventory; to take"
                                + " it out, name no groups");
            }
        }
        is.removeAll(right);
        is.forEach(h -> problems.add("host \"" + h + "\": it is still in the inventory"));
        for (String host : right) {
            if (!movers.contains(host)) {
                same(host, before.effective(host), after.effective(host));
            }
            boolean joins = moves.in().stream().anyMatch(a -> a.host().equals(host));
            if (!joins && after.has(host)) {
                same(host, before.own(host), after.own(host));
            }
        }
    }

    private void same(String host, Map<String, Object> was, Map<String, Object> is) {
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (String name : names) {
            if (!Objects.equals(was.get(name), is.get(name))) {
                problems.add("host \"" + host + "\": " + name + ": it must stay as it is");
            }
        }
    }

    private void arrival(Arrival arrival) {
        String host = arrival.host();
        if (!after.has(host)) {
            return;
        }
        String address = arrival.address().orElseGet(() -> before.address(host));
        if (!after.address(host).equals(address)) {
            problems.add(
                    "host \""
                            + host
                            + "\": ansible_host: \""
                            + after.address(host)
                            + "\": it must be "
                            + address);
        }
        Map<String, Object> own = after.own(host);
        before.own(host)
                .forEach(
                        (name, value) -> {
                            if (!ReadInventory.ADDRESS.contains(name)) {
                                must(host, name, value, own);
                            }
                        });
        arrival.like()
                .ifPresent(
                        like -> {
                            Likeness likeness = new Likeness(before, arrival, like);
                            before.own(like)
                                    .forEach(
                                            (name, value) ->
                                                    likeness.expected(name, value)
                                                            .ifPresent(
                                                                    v -> must(host, name, v, own)));
                        });
    }

    private void must(String host, String name, Object value, Map<String, Object> own) {
        if (!value.equals(own.get(name))) {
            problems.add(
                    "host \"" + host + "\": " + name + ": it must be " + ReadInventory.text(value));
        }
    }
}
