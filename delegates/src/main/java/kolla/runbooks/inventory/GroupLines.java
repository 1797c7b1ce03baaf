package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kolla.runbooks.inventory.IniText.Kind;
import kolla.runbooks.inventory.IniText.Line;

/**
 * The section of one group: hosts are put directly into it, children are taken out. Hosts come
 * behind those that stand there. A group that has only a section of children gets one of hosts:
 * that of its children, when no child is left in it, else a new one before it.
 */
final class GroupLines {

    private final InventoryTexts texts;
    private final String group;
    private final List<String> members;
    private final Set<String> childrenGone;

    private record Place(Path file, Line line) {}

    /**
     * @param members names that are put directly into the group, in order
     * @param childrenGone whose lines in the group's section of children go
     */
    GroupLines(InventoryTexts texts, String group, List<String> members, Set<String> childrenGone) {
        this.texts = texts;
        this.group = group;
        this.members = members;
        this.childrenGone = childrenGone;
    }

    InventoryTexts changed() {
        Optional<Place> behind =
                all(l -> l.isHostsOf(group))
                        .reduce((a, b) -> b)
                        .or(() -> all(l -> l.isHeader(group, "hosts")).findFirst());
        Optional<Place> children =
                members.isEmpty() || behind.isPresent()
                        ? Optional.empty()
                        : all(l -> l.isHeader(group, "children")).findFirst();
        InventoryTexts changed = texts;
        for (Map.Entry<Path, IniText> ini : texts.inis().entrySet()) {
            Path file = ini.getKey();
            List<Line> lines = ini.getValue().lines();
            changed =
                    changed.with(
                            file,
                            ini.getValue()
                                    .each(
                                            line -> {
                                                Place here = new Place(file, line);
                                                if (behind.filter(here::equals).isPresent()) {
                                                    return with(List.of(line.body()));
                                                }
                                                if (children.filter(here::equals).isPresent()) {
                                                    return section(line, lines);
                                                }
                                                return goes(line)
                                                        ? List.of()
                                                        : List.of(line.body());
                                            }));
        }
        return changed;
    }

    private Stream<Place> all(Predicate<Line> which) {
        return texts.inis().entrySet().stream()
                .flatMap(
                        e ->
                                e.getValue().lines().stream()
                                        .filter(which)
                                        .map(l -> new Place(e.getKey(), l)));
    }

    private boolean goes(Line line) {
        return line.isChildOf(group) && childrenGone.contains(line.child());
    }

    private List<String> with(List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(members);
        return all;
    }

    /** The section of hosts in the place of this header of children, or before it. */
    private List<String> section(Line header, List<Line> lines) {
        boolean childStays =
                lines.stream()
                        .skip(header.at() + 1L)
                        .takeWhile(l -> l.kind() != Kind.HEADER)
                        .anyMatch(l -> l.kind() == Kind.CHILD && !goes(l));
        if (!childStays) {
            return with(List.of(header.body().replaceFirst(":children]", "]")));
        }
        List<String> both = with(List.of("[" + group + "]"));
        both.add("");
        both.add(header.body());
        return both;
    }
}
