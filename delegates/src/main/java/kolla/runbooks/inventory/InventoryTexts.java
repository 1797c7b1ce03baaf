package kolla.runbooks.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of an inventory as texts. Those in INI form can be changed; a YAML file would lose its
 * comments, an encrypted one its salt, so these stay. Immutable.
 */
final class InventoryTexts {

    enum Form {
        INI,
        YAML,
        ENCRYPTED
    }

    private final Path folder;
    private final Map<String, String> environment;
    private final Map<Path, Form> forms;
    private final Map<Path, IniText> inis;

    private InventoryTexts(
            Path folder,
            Map<String, String> environment,
            Map<Path, Form> forms,
            Map<Path, IniText> inis) {
        this.folder = folder;
        this.environment = environment;
        this.forms = forms;
        this.inis = inis;
    }

    /**
     * @param environment of the program, for the vault's password file
     * @throws DefinitionException when a file cannot be read
     */
    static InventoryTexts read(Path folder, Map<String, String> environment) {
        List<Gap> gaps = new ArrayList<>();
        SourceFiles files = new SourceFiles(folder, environment, gaps);
        Map<Path, Form> forms = new LinkedHashMap<>();
        Map<Path, IniText> inis = new LinkedHashMap<>();
        for (Path file : new DefinitionFiles(folder, files).inventory()) {
            Optional<String> text = files.text(file);
            text.ifPresent(t -> forms.put(file, form(file, t)));
            if (forms.get(file) == Form.INI) {
                inis.put(file, IniText.of(text.orElseThrow()));
            }
        }
        if (!gaps.isEmpty()) {
            throw new DefinitionException(gaps);
        }
        return new InventoryTexts(folder, environment, forms, inis);
    }

    private static Form form(Path file, String text) {
        try {
            if (Vault.isEncrypted(Files.readString(file))) {
                return Form.ENCRYPTED;
            }
        } catch (IOException e) {
            throw new DefinitionException(
                    List.of(new Gap(file, 0, "the file cannot be read: " + e)));
        }
        return DefinitionFiles.isYaml(file, text) ? Form.YAML : Form.INI;
    }

    /** The files that can be changed, in the order in which they are read. */
    Map<Path, IniText> inis() {
        return inis;
    }

    /** The files that cannot be changed here. */
    Map<Path, Form> others() {
        Map<Path, Form> others = new LinkedHashMap<>(forms);
        others.keySet().removeAll(inis.keySet());
        return others;
    }

    /** These with one file's text changed. */
    InventoryTexts with(Path file, IniText text) {
        Map<Path, IniText> changed = new LinkedHashMap<>(inis);
        changed.put(file, text);
        return new InventoryTexts(folder, environment, forms, changed);
    }

    /** The changed texts by file, as the reader takes them. */
    Map<Path, String> texts() {
        return inis.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().text()));
    }

    /**
     * What the product's own reader makes of these texts.
     *
     * @throws DefinitionException with all gaps
     */
    ReadInventory read() {
        List<Gap> gaps = new ArrayList<>();
        SourceFiles files = new SourceFiles(folder, environment, gaps).over(texts());
        DefinitionFiles definition = new DefinitionFiles(folder, files);
        InventoryDraft draft =
                new DraftReader(folder, files, gaps).read(List.copyOf(forms.keySet()));
        if (!gaps.isEmpty()) {
            throw new DefinitionException(gaps);
        }
        InventoryVariables variables =
                new InventoryVariables(
                        draft, new VariableFolders(files, definition.variableBases()));
        return new ReadInventory(draft, variables);
    }

    /** What one of the files says by itself; of groups that other files define, only the names. */
    InventoryDraft alone(Path file) {
        List<Gap> gaps = new ArrayList<>();
        InventoryDraft draft = new InventoryDraft();
        new DraftReader(folder, new SourceFiles(folder, environment, gaps).over(texts()), gaps)
                .read(file, draft);
        return draft;
    }
}
