package kolla.runbooks.inventory;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes values as Python's {@code str} does: {@code True}, {@code ['a', 1]}, {@code {'k': 'v'}}.
 */
final class PythonText {

    private PythonText() {}

    /** As text; nothing is the empty text, as Ansible has it. */
    static String of(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : nested(value, false);
    }

    private static String nested(Object value, boolean quoted) {
        if (value instanceof Undefined undefined) {
            return undefined.toString();
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> nested(e.getKey(), true) + ": " + nested(e.getValue(), true))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Map.Entry<?, ?> pair) {
            return "(" + nested(pair.getKey(), true) + ", " + nested(pair.getValue(), true) + ")";
        }
        if (value instanceof Collection<?> items) {
            return items.stream()
                    .map(i -> nested(i, true))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value == null) {
            return "None";
        }
        return quoted && value instanceof CharSequence ? quote(value.toString()) : value.toString();
    }

    private static String quote(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        return quote + (quote == '\'' ? escaped.replace("'", "\\'") : escaped) + quote;
    }
}
