package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.inventory.HostChange.Arrival;
import kolla.runbooks.inventory.HostLine.Variable;
import kolla.runbooks.inventory.InventoryEdit.FileEdit;

/**
 * Writes a change of members into the texts of an inventory:
 *
 * <ol>
 *   <li>lines of hosts: who leaves goes, who joins like another comes beside it or in its place
 *   <li>who joins a group by its name is put directly into it, unless it is in it by then
 *   <li>who leaves a group that has it by a child: the child's line becomes its other hosts
 *   <li>addresses are written, and variables that stood only on a line that went
 *   <li>the product's own reader reads the result, and {@link ChangeProof} holds it against what
 *       was asked for. What cannot be written is refused here, never left half
 * </ol>
 */
final class InventoryEditing {

    private final Path folder;
    private final Map<String, String> environment;

    InventoryEditing(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * @throws DefinitionException when the inventory has gaps already
     * @throws kolla.runbooks.failure.RunbookFailure KR-MEMBERS-001
     */
    InventoryEdit edit(HostChange change) {
        InventoryTexts texts = InventoryTexts.read(folder, environment);
        ReadInventory before = texts.read();
        List<String> notes = new ArrayList<>();
        Moves moves = new ChangeCheck(change, before, notes).moves();
        try {
            InventoryTexts edited = new MemberLines(texts, before, moves).changed();
            edited = joined(edited, moves);
            edited = new ChildLines(edited, moves).changed();
            edited = addressed(edited, moves);
            edited = kept(edited, texts, before, moves);
            ReadInventory after = edited.read();
            List<String> wrong = new ChangeProof(before, after, moves).problems();
            if (!wrong.isEmpty()) {
                throw Refusals.notPossible(
                        new Obstacles(folder, texts, before, moves).with(after, wrong));
            }
            notes.addAll(new ChangeNotes(folder, before, after, moves).notes());
            return InventoryEdit.of(folder, files(texts, edited), notes);
        } catch (DefinitionException e) {
            throw Refusals.broken(e);
        }
    }

    private static InventoryTexts joined(InventoryTexts texts, Moves moves) {
        InventoryTexts changed = texts;
        for (Arrival arrival : moves.in()) {
            for (String group : arrival.groups()) {
                if (!changed.read().hostsOf(group).contains(arrival.host())) {
                    changed =
                            new GroupLines(changed, group, List.of(arrival.host()), Set.of())
                                    .changed();
                }
            }
        }
        return changed;
    }

    private static InventoryTexts addressed(InventoryTexts texts, Moves moves) {
        InventoryTexts changed = texts;
        for (Arrival arrival : moves.in()) {
            ReadInventory now = changed.read();
            String address = arrival.address().orElseGet(() -> now.address(arrival.host()));
            if (!now.address(arrival.host()).equals(address)) {
                String name =
                        ReadInventory.ADDRESS.stream()
                                .filter(now.own(arrival.host())::containsKey)
                                .findFirst()
                                .orElse(ReadInventory.ADDRESS.get(0));
                changed = new HostWords(arrival.host(), Variable.plain(name, address)).in(changed);
            }
        }
        return changed;
    }

    /** A host that stays keeps what stood only on a line that went. */
    private static InventoryTexts kept(
            InventoryTexts texts, InventoryTexts old, ReadInventory before, Moves moves) {
        InventoryTexts changed = texts;
        for (String host : moves.from().keySet()) {
            Map<String, Object> own = new LinkedHashMap<>(before.own(host));
            if (moves.in().stream().anyMatch(a -> a.host().equals(host))) {
                // Its address was written just now, as it is asked for.
                own.keySet().removeAll(ReadInventory.ADDRESS);
            }
            for (Variable variable : written(old, host)) {
                Object right = own.get(variable.name());
                boolean lost =
                        right != null
                                && !right.equals(changed.read().own(host).get(variable.name()));
                if (lost && right.equals(variable.value())) {
                    changed = new HostWords(host, variable).in(changed);
                }
            }
        }
        return changed;
    }

    private static List<Variable> written(InventoryTexts texts, String host) {
        List<Variable> written = new ArrayList<>();
        for (IniText ini : texts.inis().values()) {
            for (IniText.Line line : ini.lines()) {
                if (line.kind() == IniText.Kind.HOSTS && line.hosts().names().contains(host)) {
                    line.hosts()
                            .hosts()
                            .port()
                            .ifPresent(p -> written.add(Variable.plain("ansible_port", "" + p)));
                    written.addAll(line.hosts().variables());
                }
            }
        }
        return written;
    }

    private static Map<Path, FileEdit> files(InventoryTexts before, InventoryTexts after) {
        Map<Path, FileEdit> files = new LinkedHashMap<>();
        before.inis()
                .forEach(
                        (file, ini) ->
                                files.put(
                                        file.toAbsolutePath().normalize(),
                                        new FileEdit(ini.text(), after.inis().get(file).text())));
        return files;
    }
}
