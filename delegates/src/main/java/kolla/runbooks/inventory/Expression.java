package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text with Jinja in it that has not been evaluated yet, and where it stands.
 *
 * @param line the line in the file on which the text begins, from 1; 0 when not known
 */
public record Expression(String text, Path file, int line) {

    /** Whether a text has Jinja in it. */
    public static boolean isIn(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("{#");
    }

    /**
     * The value with every text that has Jinja in it made an {@code Expression}, inside lists and
     * maps also.
     */
    public static Object mark(Object value, Path file, int line) {
        if (value instanceof String text) {
            return isIn(text) ? new Expression(text, file, line) : text;
        }
        if (value instanceof List<?> list) {
            List<Object> marked = new ArrayList<>();
            list.forEach(v -> marked.add(mark(v, file, line)));
            return marked;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> marked = new LinkedHashMap<>();
            map.forEach((k, v) -> marked.put(String.valueOf(k), mark(v, file, line)));
            return marked;
        }
        return value == null ? "" : value;
    }

    /** Whether the value is an expression or has one inside. */
    public static boolean isWithin(Object value) {
        return first(value).isPresent();
    }

    /** The first expression that the value is or has inside. */
    static Optional<Expression> first(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(v -> first(v).stream()).findFirst();
        }
        if (value instanceof List<?> list) {
            return list.stream().flatMap(v -> first(v).stream()).findFirst();
        }
        return value instanceof Expression expression ? Optional.of(expression) : Optional.empty();
    }
}
