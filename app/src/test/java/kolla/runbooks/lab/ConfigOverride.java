package kolla.runbooks.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the cluster's definition with something added to it, put back at the end. */
record ConfigOverride(Path file, String before) implements AutoCloseable {

    /** An operator's override in the folder {@code config}. */
    static ConfigOverride of(Lab lab, String name, String text) throws IOException {
        return ofFile(lab.clusterFolder().resolve("config").resolve(name), text);
    }

    static ConfigOverride ofGlobals(Lab lab, String text) throws IOException {
        return ofFile(lab.clusterFolder().resolve("globals.yml"), text);
    }

    private static ConfigOverride ofFile(Path file, String text) throws IOException {
        ConfigOverride override =
                new ConfigOverride(file, Files.exists(file) ? Files.readString(file) : "");
        override.write(text);
        return override;
    }

    void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, before + "\n" + text);
    }

    @Override
    public void close() throws IOException {
        if (before.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.writeString(file, before);
        }
    }
}
