package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The methods of Python's texts that expressions call: {@code x.split('.')}, {@code x.upper()}. */
final class PythonStrings {

    private PythonStrings() {}

    /**
     * @throws IllegalArgumentException when the method is not known or its arguments do not fit
     */
    static Object call(String text, String method, Object[] arguments) {
        return switch (method + "/" + arguments.length) {
            case "lower/0" -> text.toLowerCase(Locale.ROOT);
            case "upper/0" -> text.toUpperCase(Locale.ROOT);
            case "strip/0" -> text.strip();
            case "lstrip/0" -> text.stripLeading();
            case "rstrip/0" -> text.stripTrailing();
            case "strip/1" -> trimmed(text, arguments[0], true, true);
            case "lstrip/1" -> trimmed(text, arguments[0], true, false);
            case "rstrip/1" -> trimmed(text, arguments[0], false, true);
            case "split/0" -> split(text.strip(), "\\s+", 0);
            case "split/1" -> split(text, Pattern.quote(string(arguments[0])), -1);
            case "splitlines/0" -> text.lines().toList();
            case "startswith/1" -> text.startsWith(string(arguments[0]));
            case "endswith/1" -> text.endsWith(string(arguments[0]));
            case "replace/2" -> text.replace(string(arguments[0]), string(arguments[1]));
            case "find/1" -> text.indexOf(string(arguments[0]));
            case "isdigit/0" -> text.matches("[0-9]+");
            case "join/1" -> join(text, arguments[0]);
            default ->
                    throw new IllegalArgumentException(
                            "the method \""
                                    + method
                                    + "\" of a text with "
                                    + arguments.length
                                    + " argument(s) is not known here");
        };
    }

    private static String string(Object argument) {
        if (argument instanceof CharSequence text) {
            return text.toString();
        }
        throw new IllegalArgumentException("\"" + argument + "\" must be a text");
    }

    private static List<Object> split(String text, String by, int limit) {
        return new ArrayList<>(Arrays.asList(text.split(by, limit)));
    }

    private static String trimmed(String text, Object letters, boolean front, boolean back) {
        String any = string(letters);
        int start = 0;
        int end = text.length();
        while (front && start < end && any.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (back && end > start && any.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String join(String between, Object items) {
        if (items instanceof Iterable<?> texts) {
            List<String> all = new ArrayList<>();
            texts.forEach(t -> all.add(string(t)));
            return String.join(between, all);
        }
        throw new IllegalArgumentException("join: \"" + items + "\" must be a list of texts");
    }
}
