package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.inventory.HostChange.Arrival;

/**
 * Why a change could not be written: the files that are not changed here, and what stands in them.
 */
final class Obstacles {

    private final Path folder;
    private final InventoryTexts texts;
    private final ReadInventory before;
    private final Moves moves;

    Obstacles(Path folder, InventoryTexts texts, ReadInventory before, Moves moves) {
        this.folder = folder;
        this.texts = texts;
        this.before = before;
        this.moves = moves;
    }

    /** What stands in the way, then what is wrong with the result. */
    List<String> with(ReadInventory after, List<String> wrong) {
        List<String> all = new ArrayList<>();
        moves.in().forEach(a -> address(a, after).ifPresent(all::add));
        texts.others().forEach((file, form) -> file(file, form).ifPresent(all::add));
        if (all.isEmpty()) {
            all.add(
                    "the inventory cannot be changed so without changing more than was asked for:"
                            + " "
                            + wrong.get(0)
                            + "; change it by hand, then start again");
            wrong.stream().skip(1).forEach(all::add);
        } else {
            all.addAll(wrong);
        }
        return all;
    }

    private Optional<String> address(Arrival arrival, ReadInventory after) {
        String right = arrival.address().orElseGet(() -> before.address(arrival.host()));
        return after.addressVariable(arrival.host())
                .filter(s -> !texts.inis().containsKey(s.file()))
                .filter(s -> !ReadInventory.text(s.value()).equals(right))
                .map(
                        s ->
                                "host \""
                                        + arrival.host()
                                        + "\": ansible_host: "
                                        + folder.relativize(s.file())
                                        + ":"
                                        + s.line()
                                        + " says \""
                                        + ReadInventory.text(s.value())
                                        + "\", and this file is not written here; write "
                                        + right
                                        + " there, then start again");
    }

    private Optional<String> file(Path file, InventoryTexts.Form form) {
        Set<String> hosts = new LinkedHashSet<>(moves.movers());
        moves.in().forEach(a -> a.like().ifPresent(hosts::add));
        Set<String> groups = new LinkedHashSet<>();
        moves.from().values().forEach(groups::addAll);
        moves.in().forEach(a -> groups.addAll(a.groups()));
        InventoryDraft alone = texts.alone(file);
        hosts.retainAll(alone.hosts().keySet());
        groups.retainAll(alone.groups().keySet());
        if (hosts.isEmpty() && groups.isEmpty()) {
            return Optional.empty();
        }
        hosts.addAll(groups);
        return Optional.of(
                folder.relativize(file)
                        + " names "
                        + String.join(", ", hosts)
                        + " and is not written here, because "
                        + (form == InventoryTexts.Form.YAML
                                ? "a YAML file would lose its comments"
                                : "it is encrypted with ansible-vault")
                        + "; change it by hand, then start again");
    }
}
