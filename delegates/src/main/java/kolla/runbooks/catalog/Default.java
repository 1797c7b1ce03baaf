package kolla.runbooks.catalog;

import java.nio.file.Path;

/**
 * A variable of the catalogue: what holds where the operator says nothing.
 *
 * @param value as YAML gives it; texts may hold Jinja
 */
public record Default(Object value, Path file, int line) {}
