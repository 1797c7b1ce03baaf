package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of groups and hosts holds on a host, by Ansible's precedence, weakest first: the inventory
 * file's variables of {@code all}, those of its other groups, {@code group_vars/all}, {@code
 * group_vars} of the other groups, the inventory file's variables of the host, {@code host_vars}.
 * Among groups the deeper one wins, of the same depth the one with the greater {@code
 * ansible_group_priority}, then the later by name.
 *
 * <p>Only for drafts without gaps: with a circle of groups there is no depth.
 */
final class InventoryVariables {

    private final InventoryDraft draft;
    private final VariableFolders folders;
    private final Map<String, Integer> depths = new LinkedHashMap<>();
    private final Map<String, Set<String>> parents = new LinkedHashMap<>();
    private final Map<String, Map<String, Sited>> groupFolders = new LinkedHashMap<>();

    InventoryVariables(InventoryDraft draft, VariableFolders folders) {
        this.draft = draft;
        this.folders = folders;
        draft.groups()
                .forEach(
                        (name, group) ->
                                group.children
                                        .keySet()
                                        .forEach(
                                                c ->
                                                        parents.computeIfAbsent(
                                                                        c,
                                                                        k -> new LinkedHashSet<>())
                                                                .add(name)));
        draft.groups().keySet().forEach(g -> groupFolders.put(g, folders.ofGroup(g)));
    }

    /** The hosts of a group: its own first, then those of its children, level by level. */
    List<String> hostsOf(String group) {
        if (group.equals(InventoryDraft.ALL)) {
            return List.copyOf(draft.hosts().keySet());
        }
        if (group.equals(InventoryDraft.UNGROUPED)) {
            return draft.hosts().keySet().stream().filter(h -> groupsOf(h).size() == 1).toList();
        }
        Set<String> hosts = new LinkedHashSet<>();
        Set<String> level = new LinkedHashSet<>(Set.of(group));
        Set<String> seen = new LinkedHashSet<>();
        while (!level.isEmpty()) {
            Set<String> next = new LinkedHashSet<>();
            for (String name : level) {
                if (seen.add(name)) {
                    hosts.addAll(draft.groups().get(name).hosts);
                    next.addAll(draft.groups().get(name).children.keySet());
                }
            }
            level = next;
        }
        return List.copyOf(hosts);
    }

    /** The groups a host is in, itself or by their children, weakest first; {@code all} is one. */
    List<String> groupsOf(String host) {
        Set<String> groups = new LinkedHashSet<>(Set.of(InventoryDraft.ALL));
        directGroupsOf(host).forEach(g -> upwards(g, groups));
        List<String> sorted = new ArrayList<>(groups);
        sorted.sort(
                Comparator.comparing(this::depth)
                        .thenComparing(this::priority)
                        .thenComparing(Comparator.naturalOrder()));
        return sorted;
    }

    /** The groups that name the host itself; neither {@code all} nor {@code ungrouped}. */
    List<String> directGroupsOf(String host) {
        return draft.groups().entrySet().stream()
                .filter(g -> g.getValue().hosts.contains(host))
                .map(Map.Entry::getKey)
                .filter(g -> !g.equals(InventoryDraft.UNGROUPED) && !g.equals(InventoryDraft.ALL))
                .toList();
    }

    private void upwards(String name, Set<String> into) {
        if (into.add(name)) {
            parents.getOrDefault(name, Set.of()).forEach(p -> upwards(p, into));
        }
    }

    private int depth(String group) {
        if (group.equals(InventoryDraft.ALL)) {
            return 0;
        }
        Integer known = depths.get(group);
        if (known == null) {
            known =
                    1
                            + parents.getOrDefault(group, Set.of()).stream()
                                    .mapToInt(this::depth)
                                    .max()
                                    .orElse(0);
            depths.put(group, known);
        }
        return known;
    }

    private int priority(String group) {
        Sited priority = draft.variables(group).get("ansible_group_priority");
        return priority != null && priority.value() instanceof Number number
                ? number.intValue()
                : 1;
    }

    Map<String, Sited> of(String host) {
        List<String> groups = groupsOf(host);
        Map<String, Sited> variables = new LinkedHashMap<>();
        groups.forEach(g -> variables.putAll(draft.variables(g)));
        groups.forEach(g -> variables.putAll(groupFolders.get(g)));
        variables.putAll(draft.host(host));
        variables.putAll(folders.ofHost(host));
        variables.remove("ansible_group_priority");
        return variables;
    }
}
