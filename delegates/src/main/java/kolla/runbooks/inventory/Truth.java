package kolla.runbooks.inventory;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** What counts as true. */
final class Truth {

    private Truth() {}

    /**
     * Ansible's {@code bool} filter, but strict: a word that is neither yes nor no is refused where
     * Ansible takes it as false.
     *
     * @throws IllegalArgumentException for any other value; names it
     */
    static boolean strict(Object value) {
        return switch (String.valueOf(value).strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "y", "t", "1", "1.0" -> true;
            case "no", "false", "off", "n", "f", "0", "0.0", "" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "\"" + value + "\" is neither yes nor no (true, false, on, off)");
        };
    }

    /** Python's truth for everything but words: those must mean yes or no. */
    static boolean of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        if (value instanceof Collection<?> items) {
            return !items.isEmpty();
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return strict(value);
    }
}
