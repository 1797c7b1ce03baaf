package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hosts, groups and their variables as the inventory's files say, before anything is evaluated. */
final class InventoryDraft {

    /** The group of everything, and the group of hosts that are in no other. */
    static final String ALL = "all";

    static final String UNGROUPED = "ungrouped";

    /** A group: its own hosts, and its child groups with the place that names them. */
    static final class Group {
        final Set<String> hosts = new LinkedHashSet<>();
        final Map<String, Sited> children = new LinkedHashMap<>();
    }

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Map<String, Sited>> hosts = new LinkedHashMap<>();
    private final Map<String, Map<String, Sited>> groupVariables = new LinkedHashMap<>();
    private final Map<String, Sited> mustExist = new LinkedHashMap<>();

    InventoryDraft() {
        groups.put(ALL, new Group());
        groups.put(UNGROUPED, new Group());
    }

    /** The group of this name, made when it is new. */
    Group group(String name) {
        return groups.computeIfAbsent(name, n -> new Group());
    }

    /** The variables of the host of this name, made when it is new. */
    Map<String, Sited> host(String name) {
        return hosts.computeIfAbsent(name, n -> new LinkedHashMap<>());
    }

    /** Notes that some file must define the group. */
    void needsGroup(String name, Sited place) {
        mustExist.putIfAbsent(name, place);
    }

    /** The variables of a group, which may be defined later. */
    Map<String, Sited> variables(String group) {
        return groupVariables.computeIfAbsent(group, g -> new LinkedHashMap<>());
    }

    Map<String, Map<String, Sited>> hosts() {
        return hosts;
    }

    Map<String, Group> groups() {
        return groups;
    }

    /**
     * Children and variables of groups that no file defines, and groups that contain themselves.
     */
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        groups.forEach(
                (name, group) ->
                        group.children.forEach(
                                (child, place) -> {
                                    if (!groups.containsKey(child)) {
                                        gaps.add(undefined(child, place));
                                    }
                                }));
        mustExist.forEach(
                (name, place) -> {
                    if (!groups.containsKey(name)) {
                        gaps.add(undefined(name, place));
                    }
                });
        Set<String> reported = new LinkedHashSet<>();
        groups.keySet().forEach(name -> circles(name, new ArrayList<>(), reported, gaps));
        return gaps;
    }

    private Gap undefined(String group, Sited place) {
        return place.gap(
                "group \"" + group + "\"",
                "no file of the inventory defines it; write a section ["
                        + group
                        + "] or correct the name"
                        + Spelling.nearest(group, groups.keySet())
                                .map(s -> " (did you mean \"" + s + "\"?)")
                                .orElse(""));
    }

    private void circles(String name, List<String> path, Set<String> reported, List<Gap> gaps) {
        if (reported.contains(name)) {
            return;
        }
        int start = path.indexOf(name);
        if (start >= 0) {
            List<String> circle = path.subList(start, path.size());
            gaps.add(
                    groups.get(circle.get(circle.size() - 1))
                            .children
                            .get(name)
                            .gap(
                                    "group \"" + name + "\"",
                                    "contains itself: "
                                            + String.join(" → ", circle)
                                            + " → "
                                            + name));
            reported.addAll(circle);
            return;
        }
        path.add(name);
        Group group = groups.get(name);
        if (group != null) {
            group.children.keySet().forEach(c -> circles(c, path, reported, gaps));
        }
        path.remove(path.size() - 1);
    }
}
