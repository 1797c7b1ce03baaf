package kolla.runbooks.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code group_vars/} and {@code host_vars/} beside the inventory. The variables of a name
 * are in a file of that name, with or without {@code .yml}, {@code .yaml} or {@code .json}, or in
 * the files of a folder of that name, in order.
 */
final class VariableFolders {

    static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");

    private final SourceFiles files;
    private final List<Path> bases;

    VariableFolders(SourceFiles files, List<Path> bases) {
        this.files = files;
        this.bases = bases;
    }

    Map<String, Sited> ofGroup(String name) {
        return of("group_vars", name);
    }

    Map<String, Sited> ofHost(String name) {
        return of("host_vars", name);
    }

    private Map<String, Sited> of(String kind, String name) {
        Map<String, Sited> variables = new LinkedHashMap<>();
        for (Path base : bases) {
            for (Path file : candidates(base.resolve(kind), name)) {
                variables.putAll(files.variables(file));
            }
        }
        return variables;
    }

    private List<Path> candidates(Path folder, String name) {
        List<Path> found = new ArrayList<>();
        for (String ending : ENDINGS) {
            Path candidate = folder.resolve(name + ending);
            if (Files.isRegularFile(candidate)) {
                found.add(candidate);
            } else if (ending.isEmpty() && Files.isDirectory(candidate)) {
                found.addAll(files.in(candidate));
            }
        }
        return found;
    }
}
