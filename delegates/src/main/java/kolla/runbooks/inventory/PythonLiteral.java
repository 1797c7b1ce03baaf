package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a value of an INI inventory as Ansible does: what is a literal of Python is taken as one
 * ({@code 5}, {@code True}, {@code 'text'}, {@code ['a', 'b']}, {@code {'a': 1}}), everything else
 * is text. So {@code yes} and {@code 01} are texts.
 */
final class PythonLiteral {

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)(\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?");
    private static final Pattern BASED =
            Pattern.compile("([-+]?)0(?:[xX]([0-9A-Fa-f]{1,7})|[oO]([0-7]{1,10}))(?![0-9A-Za-z])");
    private static final Map<String, Object> WORDS =
            Map.of("True", true, "False", false, "None", "");

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        Optional<Object> value = literal.value();
        literal.spaces();
        boolean whole =
                literal.at == text.length()
                        || (literal.at < text.length() && text.charAt(literal.at) == '#');
        return value.isPresent() && whole ? value.get() : text;
    }

    private Optional<Object> value() {
        spaces();
        if (at >= text.length()) {
            return Optional.empty();
        }
        return switch (text.charAt(at)) {
            case '\'', '"' -> quoted();
            case '[' -> list(']');
            case '(' -> list(')');
            case '{' -> map();
            default -> plain();
        };
    }

    private Optional<Object> plain() {
        for (Map.Entry<String, Object> word : WORDS.entrySet()) {
            if (text.startsWith(word.getKey(), at)) {
                int end = at + word.getKey().length();
                if (end == text.length() || !Character.isLetterOrDigit(text.charAt(end))) {
                    at = end;
                    return Optional.of(word.getValue());
                }
            }
        }
        Matcher based = BASED.matcher(text).region(at, text.length());
        if (based.lookingAt()) {
            at = based.end();
            String digits = based.group(3) == null ? based.group(2) : based.group(3);
            return Optional.of(
                    Integer.parseInt(digits, based.group(3) == null ? 16 : 8)
                            * (based.group(1).equals("-") ? -1 : 1));
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            return Optional.empty();
        }
        String digits = number.group().replace("_", "");
        at = number.end();
        try {
            if (digits.matches("[-+]?[0-9]+")) {
                long value = Long.parseLong(digits);
                return Optional.of(value == (int) value ? (Object) (int) value : (Object) value);
            }
            return Optional.of(Double.parseDouble(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Object> quoted() {
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                switch (next) {
                    case 'n' -> value.append('\n');
                    case 't' -> value.append('\t');
                    case '\\', '\'', '"' -> value.append(next);
                    default -> value.append(c).append(next);
                }
            } else {
                value.append(c);
            }
        }
        return take(quote) ? Optional.of(value.toString()) : Optional.empty();
    }

    private Optional<Object> list(char end) {
        at++;
        List<Object> items = new ArrayList<>();
        spaces();
        while (!take(end)) {
            Optional<Object> item = value();
            if (item.isEmpty() || !separated(end)) {
                return Optional.empty();
            }
            items.add(item.get());
        }
        return Optional.of(items);
    }

    private Optional<Object> map() {
        at++;
        Map<String, Object> items = new LinkedHashMap<>();
        spaces();
        while (!take('}')) {
            Optional<Object> key = value();
            spaces();
            if (key.isEmpty() || !take(':')) {
                return Optional.empty();
            }
            Optional<Object> item = value();
            if (item.isEmpty() || !separated('}')) {
                return Optional.empty();
            }
            items.put(String.valueOf(key.get()), item.get());
        }
        return Optional.of(items);
    }

    private boolean separated(char end) {
        spaces();
        boolean comma = take(',');
        spaces();
        return comma || (at < text.length() && text.charAt(at) == end);
    }

    private boolean take(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void spaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
