package kolla.runbooks.catalog;

import java.nio.file.Path;

/**
 * A value of a service definition as it is written, Jinja included, and where.
 *
 * @param field its name for messages, for example {@code containers[mariadb].image}
 * @param line the line on which it begins, from 1
 */
public record Text(String value, String field, Path file, int line) {

    @Override
    public String toString() {
        return value;
    }
}
