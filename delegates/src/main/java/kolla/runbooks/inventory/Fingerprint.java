package kolla.runbooks.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the files of a definition look like from outside: names, sizes, times. Two equal
 * fingerprints mean the same content, provided that the files had come to rest.
 */
record Fingerprint(Map<Path, Stat> files) {

    record Stat(long size, Instant modified, Object identity) {}

    /**
     * File systems keep times no finer than some milliseconds; a file this old cannot hide a
     * change.
     */
    private static final Duration REST = Duration.ofSeconds(2);

    /**
     * @param more a file outside the folder that belongs to the definition
     */
    static Fingerprint of(Path folder, Optional<Path> more) {
        Map<Path, Stat> files = new TreeMap<>();
        more.ifPresent(f -> files.put(f, stat(f)));
        Path overrides = folder.resolve("config");
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(f -> !f.startsWith(overrides)).forEach(f -> files.put(f, stat(f)));
        } catch (IOException | UncheckedIOException e) {
            // What cannot be listed is reported by the reader; such a state equals no other.
            files.put(folder, new Stat(-1, Instant.now(), new Object()));
        }
        return new Fingerprint(files);
    }

    private static Stat stat(Path file) {
        try {
            BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stat(
                    a.size(), a.lastModifiedTime().toInstant(), String.valueOf(a.fileKey()));
        } catch (IOException e) {
            return new Stat(-1, Instant.EPOCH, "");
        }
    }

    /** Whether no file was changed so shortly before that a later change could look the same. */
    boolean hadComeToRest(Instant when) {
        return files.values().stream().allMatch(s -> s.modified().isBefore(when.minus(REST)));
    }
}
