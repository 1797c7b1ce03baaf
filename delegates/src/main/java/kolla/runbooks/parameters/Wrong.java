package kolla.runbooks.parameters;

import java.util.Optional;

/**
 * One field of a request that is not right.
 *
 * @param value what was seen; empty when nothing was sent
 * @param expected what would be right
 */
public record Wrong(String field, Optional<String> value, String expected) {

    /** About a value that was seen. */
    public static Wrong of(String field, String value, String expected) {
        return new Wrong(field, Optional.of(value), expected);
    }

    @Override
    public String toString() {
        return field + ": \"" + value.orElse("") + "\" — " + expected;
    }
}
