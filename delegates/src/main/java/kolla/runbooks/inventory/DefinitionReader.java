package kolla.runbooks.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads the folder that defines a cluster ({@link DefinitionFiles} says which files). Everything
 * that is wrong is gathered first and told at once.
 */
final class DefinitionReader {

    private final String name;
    private final Path folder;
    private final Map<String, String> environment;
    private final Predicate<String> broughtLater;
    private final Expressions expressions = new Expressions();
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<String, String> extra = new LinkedHashMap<>();
    private final Map<Path, String> instead = new LinkedHashMap<>();

    /**
     * @param environment of the program, for the vault's password file
     * @param broughtLater whether a variable that the folder does not define is known to the
     *     catalogue; a value that asks for it stays an {@link Expression}
     */
    DefinitionReader(
            String name,
            Path folder,
            Map<String, String> environment,
            Predicate<String> broughtLater) {
        this.name = name;
        this.folder = folder;
        this.environment = environment;
        this.broughtLater = broughtLater;
    }

    /** Variables that win over the globals, before these are evaluated. */
    DefinitionReader with(Map<String, String> variables) {
        extra.putAll(variables);
        return this;
    }

    /** Takes these texts for what is on disk. */
    DefinitionReader over(Map<Path, String> texts) {
        instead.putAll(texts);
        return this;
    }

    /**
     * @throws DefinitionException with all gaps
     */
    Cluster read() {
        if (!Files.isDirectory(folder)) {
            throw new DefinitionException(
                    List.of(
                            new Gap(
                                    folder,
                                    0,
                                    "cluster \""
                                            + name
                                            + "\": this folder does not exist; it must hold the"
                                            + " inventory, globals.yml and passwords.yml")));
        }
        SourceFiles files = new SourceFiles(folder, environment, gaps).over(instead);
        DefinitionFiles definition = new DefinitionFiles(folder, files);
        InventoryDraft draft = new DraftReader(folder, files, gaps).read(definition.inventory());
        Map<String, Sited> globals = globals(files, definition);
        Map<String, Sited> secrets = secrets(files, definition);
        if (!gaps.isEmpty()) {
            // Evaluating what is half read would only report what follows from these.
            throw new DefinitionException(gaps);
        }
        InventoryVariables variables =
                new InventoryVariables(
                        draft, new VariableFolders(files, definition.variableBases()));
        HostsReader reader =
                new HostsReader(folder, draft, variables, globals, expressions, broughtLater, gaps);
        Variables evaluated = reader.globals();
        List<Host> hosts = reader.hosts(evaluated);
        Passwords passwords =
                new PasswordReader(definition.passwords(), gaps)
                        .read(secrets, evaluated, expressions);
        Path overrides = overrides(evaluated);
        if (!gaps.isEmpty()) {
            throw new DefinitionException(gaps.stream().distinct().toList());
        }
        return new Cluster(
                name,
                folder,
                new Inventory(hosts, groups(draft, variables, hosts)),
                evaluated,
                passwords,
                overrides,
                knownHosts());
    }

    private Map<String, Sited> globals(SourceFiles files, DefinitionFiles definition) {
        Map<String, Sited> globals = new LinkedHashMap<>();
        if (present(definition.globals(), "write it as Kolla's globals.yml; it may be empty")) {
            globals.putAll(files.variables(definition.globals()));
        }
        definition.moreGlobals().forEach(f -> globals.putAll(files.variables(f)));
        extra.forEach((k, v) -> globals.put(k, new Sited(v, folder, 0)));
        return globals;
    }

    private Map<String, Sited> secrets(SourceFiles files, DefinitionFiles definition) {
        Path file = definition.passwords();
        if (!present(file, "write it as Kolla's passwords.yml")) {
            return Map.of();
        }
        return files.text(file)
                .map(text -> files.source(file).onlyTexts().read(text))
                .orElseGet(Map::of);
    }

    private boolean present(Path file, String right) {
        if (!Files.exists(file)) {
            gaps.add(new Gap(file, 0, "the file is missing; " + right));
            return false;
        }
        return true;
    }

    private static Map<String, List<String>> groups(
            InventoryDraft draft, InventoryVariables variables, List<Host> hosts) {
        List<String> names = hosts.stream().map(Host::name).toList();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String group : draft.groups().keySet()) {
            groups.put(group, variables.hostsOf(group).stream().filter(names::contains).toList());
        }
        return groups;
    }

    /**
     * Kolla's {@code node_custom_config}, where the globals set it; else {@code config/}. What
     * Kolla calls {@code node_config} is the definition's folder.
     */
    private Path overrides(Variables globals) {
        Layers layers =
                new Layers(expressions)
                        .with(Map.of("node_config", folder.toString()))
                        .with("node_custom_config", "config")
                        .with(globals);
        try {
            return HomePath.of(
                    folder, String.valueOf(layers.find("node_custom_config").orElseThrow()));
        } catch (ExpressionException e) {
            globals.raw("node_custom_config")
                    .flatMap(Expression::first)
                    .ifPresent(x -> gaps.addAll(e.gaps(x.file(), x.line(), "node_custom_config")));
            return folder.resolve("config");
        }
    }

    private Path knownHosts() {
        Path own = folder.resolve("known_hosts");
        return Files.isRegularFile(own) ? own : HomePath.of(folder, "~/.ssh/known_hosts");
    }
}
