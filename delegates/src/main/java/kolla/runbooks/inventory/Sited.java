package kolla.runbooks.inventory;

import java.nio.file.Path;

/**
 * A value as it was read, and where it stands.
 *
 * @param value may be or hold an {@link Expression}
 * @param line from 1
 */
record Sited(Object value, Path file, int line) {

    Gap gap(String field, String what) {
        return new Gap(file, line, field + ": " + what);
    }
}
