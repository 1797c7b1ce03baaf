package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files of a cluster's folder define it.
 *
 * <ul>
 *   <li>the inventory: {@code multinode}, {@code inventory} and {@code hosts} (each also with
 *       {@code .yml}, {@code .yaml} or {@code .json}), every {@code *.ini}, every file of the
 *       folder {@code inventory/}; in this order, a later file wins. {@code all-in-one} is not
 *       read, since it usually lies about as Kolla's example beside {@code multinode}
 *   <li>{@code group_vars/} and {@code host_vars/} in the folder and in {@code inventory/}
 *   <li>{@code globals.yml}, then {@code globals.d/*.yml}, {@code *.yaml} and {@code *.json} by
 *       name
 *   <li>{@code passwords.yml}
 *   <li>{@code config/}: the operator's own configuration files
 *   <li>{@code known_hosts}: the pinned host keys; without it the user's {@code ~/.ssh/known_hosts}
 * </ul>
 *
 * <p>Any YAML file may be encrypted with ansible-vault as a whole, or single values of it by {@code
 * !vault}; {@link VaultPassword} says where the password is looked for.
 */
final class DefinitionFiles {

    private static final List<Pattern> INVENTORY =
            List.of(
                    Pattern.compile("multinode(\\.ya?ml|\\.json)?"),
                    Pattern.compile("inventory(\\.ya?ml|\\.json)?"),
                    Pattern.compile("hosts(\\.ya?ml|\\.json)?"),
                    Pattern.compile(".*\\.ini"));
    private static final Pattern DATA = Pattern.compile(".*\\.(ya?ml|json)");
    private static final Pattern YAML_START =
            Pattern.compile("\\{.*|---.*|[\"']?[\\w.-]+[\"']?:(\\s.*)?");

    private final Path folder;
    private final SourceFiles files;

    DefinitionFiles(Path folder, SourceFiles files) {
        this.folder = folder;
        this.files = files;
    }

    List<Path> inventory() {
        List<Path> found = new ArrayList<>();
        List<Path> here = files.in(folder);
        for (Pattern names : INVENTORY) {
            here.stream().filter(f -> matches(names, f)).forEach(found::add);
        }
        found.addAll(files.in(folder.resolve("inventory")));
        return found;
    }

    List<Path> variableBases() {
        return List.of(folder, folder.resolve("inventory"));
    }

    Path globals() {
        return folder.resolve("globals.yml");
    }

    List<Path> moreGlobals() {
        return files.in(folder.resolve("globals.d")).stream()
                .filter(f -> matches(DATA, f))
                .toList();
    }

    Path passwords() {
        return folder.resolve("passwords.yml");
    }

    /**
     * Whether an inventory file is YAML: by its ending, or else by its first line that says
     * something.
     */
    static boolean isYaml(Path file, String text) {
        if (matches(DATA, file)) {
            return true;
        }
        return !matches(Pattern.compile(".*\\.ini"), file)
                && text.lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.startsWith(";"))
                        .findFirst()
                        .filter(l -> YAML_START.matcher(l).matches())
                        .isPresent();
    }

    private static boolean matches(Pattern names, Path file) {
        return names.matcher(file.getFileName().toString()).matches();
    }
}
