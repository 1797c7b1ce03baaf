package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the inventory's files, INI or YAML, into one draft. */
final class DraftReader {

    private final Path folder;
    private final SourceFiles files;
    private final List<Gap> gaps;

    DraftReader(Path folder, SourceFiles files, List<Gap> gaps) {
        this.folder = folder;
        this.files = files;
        this.gaps = gaps;
    }

    /**
     * @param inventory in this order, a later file wins
     */
    InventoryDraft read(List<Path> inventory) {
        InventoryDraft draft = new InventoryDraft();
        if (inventory.isEmpty()) {
            gaps.add(
                    new Gap(
                            folder,
                            0,
                            "there is no inventory; write a file multinode, inventory or hosts, or"
                                    + " a folder inventory/"));
        }
        inventory.forEach(file -> read(file, draft));
        gaps.addAll(draft.gaps());
        if (gaps.isEmpty() && draft.hosts().isEmpty()) {
            gaps.add(new Gap(inventory.get(0), 0, "the inventory has no hosts"));
        }
        return draft;
    }

    /** Reads one of the files. */
    void read(Path file, InventoryDraft draft) {
        Optional<String> text = files.text(file);
        if (text.isPresent() && text.get().startsWith("#!")) {
            gaps.add(
                    new Gap(
                            file,
                            1,
                            "inventory scripts are not run here; write the groups and hosts"
                                    + " themselves"));
        } else if (text.isPresent() && DefinitionFiles.isYaml(file, text.get())) {
            new YamlInventory(file, files.source(file), draft, gaps).read(text.get());
        } else {
            text.ifPresent(t -> new IniInventory(file, draft, gaps).read(t));
        }
    }
}
