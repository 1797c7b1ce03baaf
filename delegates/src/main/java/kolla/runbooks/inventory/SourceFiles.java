package kolla.runbooks.inventory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads the files of one definition folder; what cannot be read becomes a gap. */
final class SourceFiles {

    private final List<Gap> gaps;
    private final UnaryOperator<String> vault;
    private final Map<Path, String> instead = new HashMap<>();

    SourceFiles(Path folder, Map<String, String> environment, List<Gap> gaps) {
        this.gaps = gaps;
        this.vault = text -> Vault.open(text, VaultPassword.read(folder, environment));
    }

    /** Takes these texts for what is on disk. */
    SourceFiles over(Map<Path, String> texts) {
        texts.forEach((file, text) -> instead.put(file.toAbsolutePath().normalize(), text));
        return this;
    }

    /** The text of a file, opened when it is a vault. */
    Optional<String> text(Path file) {
        String other = instead.get(file.toAbsolutePath().normalize());
        if (other != null) {
            return Optional.of(other);
        }
        try {
            String text = Files.readString(file);
            return Optional.of(Vault.isEncrypted(text) ? vault.apply(text) : text);
        } catch (CharacterCodingException e) {
            gaps.add(new Gap(file, 0, "the file is not UTF-8 text"));
        } catch (IOException e) {
            gaps.add(new Gap(file, 0, "the file cannot be read: " + e));
        } catch (IllegalArgumentException e) {
            gaps.add(new Gap(file, 1, e.getMessage()));
        }
        return Optional.empty();
    }

    YamlSource source(Path file) {
        return new YamlSource(file, vault, gaps);
    }

    /** The variables of a YAML or JSON file. */
    Map<String, Sited> variables(Path file) {
        return text(file).map(t -> source(file).read(t)).orElseGet(Map::of);
    }

    /** The regular files right in a folder, sorted by name; hidden ones and backups left out. */
    List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).filter(f -> !isHidden(f)).sorted().toList();
        } catch (IOException e) {
            gaps.add(new Gap(folder, 0, "the folder cannot be read: " + e));
            return List.of();
        }
    }

    private static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".")
                || name.endsWith("~")
                || Stream.of(".orig", ".bak", ".swp", ".retry", ".rpmsave", ".dpkg-old")
                        .anyMatch(name::endsWith);
    }
}
