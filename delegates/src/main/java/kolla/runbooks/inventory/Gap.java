package kolla.runbooks.inventory;

import java.nio.file.Path;

/**
 * One thing in a cluster's definition that could not be read or evaluated.
 *
 * @param line the line in the file, from 1; 0 when the whole file is meant
 * @param what the field, the value seen and what would be right
 */
public record Gap(Path file, int line, String what) {

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + what;
    }
}
