package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * Ansible's host ranges: {@code ctl[01:03]}, {@code db-[a:c]}, {@code n[1:9:2]}, also several in
 * one name. Both ends belong to the range; a number with a leading zero keeps its width.
 */
final class HostPattern {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int MOST_HOSTS = 10_000;

    private HostPattern() {}

    /**
     * @throws IllegalArgumentException when a range is malformed; says what would be right
     */
    static List<String> expand(String pattern) {
        int open = pattern.indexOf('[');
        if (open < 0) {
            if (pattern.contains("]")) {
                throw wrong(pattern, "a \"]\" closes nothing");
            }
            return List.of(pattern);
        }
        int close = pattern.indexOf(']', open);
        if (close < 0) {
            throw wrong(pattern, "a \"[\" is never closed");
        }
        List<String> tails = expand(pattern.substring(close + 1));
        List<String> names = new ArrayList<>();
        for (String member : members(pattern, pattern.substring(open + 1, close))) {
            tails.forEach(tail -> names.add(pattern.substring(0, open) + member + tail));
            if (names.size() > MOST_HOSTS) {
                throw wrong(pattern, "the range has more than " + MOST_HOSTS + " hosts");
            }
        }
        return names;
    }

    private static List<String> members(String pattern, String range) {
        String[] parts = range.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || parts[1].isEmpty()) {
            throw wrong(pattern, "a range is written [first:last] or [first:last:step]");
        }
        String first = parts[0].isEmpty() ? "0" : parts[0];
        String last = parts[1];
        int step = parts.length == 3 ? number(pattern, parts[2]) : 1;
        if (step < 1) {
            throw wrong(pattern, "the step must be 1 or more");
        }
        if (isLetter(first) && isLetter(last)) {
            return letters(pattern, first, last, step);
        }
        int from = number(pattern, first);
        int to = number(pattern, last);
        boolean padded = first.length() > 1 && first.startsWith("0");
        if (padded && first.length() != last.length()) {
            throw wrong(pattern, "with leading zeros both ends must be of the same length");
        }
        ordered(pattern, from, to);
        List<String> members = new ArrayList<>();
        for (int i = from; i <= to && members.size() <= MOST_HOSTS; i += step) {
            String digits = String.valueOf(i);
            members.add(
                    padded
                            ? "0".repeat(Math.max(0, first.length() - digits.length())) + digits
                            : digits);
        }
        return members;
    }

    private static List<String> letters(String pattern, String first, String last, int step) {
        int from = LETTERS.indexOf(first);
        int to = LETTERS.indexOf(last);
        ordered(pattern, from, to);
        List<String> members = new ArrayList<>();
        for (int i = from; i <= to; i += step) {
            members.add(LETTERS.substring(i, i + 1));
        }
        return members;
    }

    private static void ordered(String pattern, int from, int to) {
        if (from > to) {
            throw wrong(pattern, "the first end of the range is beyond the last");
        }
    }

    private static boolean isLetter(String text) {
        return text.length() == 1 && LETTERS.contains(text);
    }

    private static int number(String pattern, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw wrong(pattern, "\"" + text + "\" is no number, nor are both ends single letters");
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(String pattern, String why) {
        return new IllegalArgumentException("host range \"" + pattern + "\": " + why);
    }
}
