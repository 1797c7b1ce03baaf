package kolla.runbooks.inventory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes hosts out of groups that have them by a child. The child's line is replaced by its other
 * hosts, so that the child and every other group stay as they are. Where that would change the
 * order of the hosts that stay, every child's line is: own hosts come before those of children.
 */
final class ChildLines {

    private final Moves moves;
    private InventoryTexts texts;
    private ReadInventory now;

    ChildLines(InventoryTexts texts, Moves moves) {
        this.texts = texts;
        this.moves = moves;
        this.now = texts.read();
    }

    InventoryTexts changed() {
        Set<String> open = new TreeSet<>();
        moves.from().values().forEach(open::addAll);
        while (!open.isEmpty()) {
            // From below: a group whose child has lost the host already needs no change of its own.
            String lowest =
                    open.stream()
                            .filter(g -> below(g).stream().noneMatch(open::contains))
                            .findFirst()
                            .orElseThrow();
            open.remove(lowest);
            leave(lowest);
        }
        return texts;
    }

    private Set<String> below(String group) {
        Set<String> below = new LinkedHashSet<>();
        for (String child : children(group)) {
            below.add(child);
            below.addAll(below(child));
        }
        return below;
    }

    private Set<String> children(String group) {
        return now.draft().groups().get(group).children.keySet();
    }

    private void leave(String group) {
        List<String> there = now.hostsOf(group);
        Set<String> gone =
                there.stream().filter(h -> moves.leavesOnly(h, group)).collect(Collectors.toSet());
        if (gone.isEmpty()) {
            return;
        }
        List<String> right = there.stream().filter(h -> !gone.contains(h)).toList();
        Set<String> concerned =
                children(group).stream()
                        .filter(c -> now.hostsOf(c).stream().anyMatch(gone::contains))
                        .collect(Collectors.toSet());
        InventoryTexts few = without(group, concerned, right);
        texts =
                few.read().hostsOf(group).equals(right)
                        ? few
                        : without(group, children(group), right);
        now = texts.read();
    }

    private InventoryTexts without(String group, Set<String> children, List<String> right) {
        List<String> members =
                right.stream()
                        .filter(h -> !now.isDirect(h, group))
                        .filter(h -> children.stream().anyMatch(c -> now.hostsOf(c).contains(h)))
                        .toList();
        return new GroupLines(texts, group, members, children).changed();
    }
}
