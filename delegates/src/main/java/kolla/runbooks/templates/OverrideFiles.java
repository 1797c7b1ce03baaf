package kolla.runbooks.templates;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Catalog.Template;
import kolla.runbooks.catalog.FileDefinition.Merge;
import kolla.runbooks.inventory.Gap;
import kolla.runbooks.inventory.Overrides;

/** Reads the operator's own configuration files that bear on a file of the catalogue. */
final class OverrideFiles {

    private final Overrides overrides;
    private final Gaps gaps;

    OverrideFiles(Overrides overrides, Gaps gaps) {
        this.overrides = overrides;
        this.gaps = gaps;
    }

    /**
     * @param path {@code folder/file} below the cluster's {@code config/}
     * @return the files there are, weakest first; usually none
     */
    List<Template> find(Merge merge, String path, String host) {
        int end = path.lastIndexOf('/');
        String folder = path.substring(0, Math.max(0, end));
        String file = path.substring(end + 1);
        List<Path> paths =
                switch (merge) {
                    case OSLO -> overrides.oslo(folder, file, host);
                    case INI, PROPERTIES -> overrides.layered(folder, file, host);
                    case REPLACE -> overrides.replacement(folder, file, host).stream().toList();
                    case APPEND -> matching(overrides.folder().resolve(folder), file);
                };
        return paths.stream().flatMap(p -> read(p).stream()).toList();
    }

    /**
     * A file that a variable names; that it is not there or cannot be read is a gap.
     *
     * @param path relative to the cluster's definition, or absolute
     */
    Optional<String> text(String variable, String path, String host) {
        if (path.isBlank()) {
            return Optional.empty();
        }
        Path file = overrides.folder().resolveSibling(path);
        if (Files.isRegularFile(file)) {
            return read(file).map(Template::text);
        }
        gaps.add(
                host,
                new Gap(
                        file,
                        0,
                        variable
                                + ": there is no such file; put certificate, chain and private key"
                                + " there in PEM, in one file, or turn TLS off at this address"));
        return Optional.empty();
    }

    private List<Path> matching(Path folder, String glob) {
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
                found.forEach(paths::add);
            } catch (IOException e) {
                gaps.add(new Gap(folder, 0, "cannot be listed: " + e.getMessage()));
            }
        }
        Collections.sort(paths);
        return paths;
    }

    private Optional<Template> read(Path path) {
        try {
            return Optional.of(new Template(Files.readString(path), path));
        } catch (CharacterCodingException e) {
            gaps.add(new Gap(path, 0, "is not UTF-8 text"));
        } catch (IOException e) {
            gaps.add(new Gap(path, 0, "cannot be read: " + e.getMessage()));
        }
        return Optional.empty();
    }
}
