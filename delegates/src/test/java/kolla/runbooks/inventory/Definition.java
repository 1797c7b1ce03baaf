package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster's folder for a test, right until a test makes it wrong. */
final class Definition {

    final Path folder;
    final Map<String, String> environment = new LinkedHashMap<>();
    private Set<String> defaults = Set.of();

    Definition(Path folder) {
        this.folder = folder;
        file("multinode", "[control]\nctl[1:3]\n");
        file("globals.yml", "---\n");
        file("passwords.yml", "---\n");
    }

    /** The same, but this file is there already and stays. */
    Definition(Path folder, String existing) {
        this.folder = folder;
        file("multinode", "[control]\nctl[1:3]\n");
        file("globals.yml", "---\n");
        if (!Files.exists(folder.resolve(existing))) {
            throw new IllegalArgumentException(existing);
        }
    }

    Definition file(String name, String... lines) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", lines));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Definition without(String name) {
        try {
            Files.delete(folder.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names that the catalogue brings; none without this. */
    Definition defaults(String... names) {
        defaults = Set.of(names);
        return this;
    }

    DefinedClusters clusters() {
        return new DefinedClusters(
                Map.of("lab", folder), defaults::contains, environment, Clock.systemUTC());
    }

    Cluster read() {
        return clusters().read("lab");
    }

    /** The gaps as {@code file:line: what}, with the file relative to the folder. */
    List<String> gaps() {
        return catchThrowableOfType(DefinitionException.class, this::read).gaps().stream()
                .map(g -> g.toString().replace(folder + "/", ""))
                .toList();
    }
}
