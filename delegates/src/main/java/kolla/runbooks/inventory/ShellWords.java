package kolla.runbooks.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a POSIX shell does: quotes group, a backslash takes the next letter
 * as it is (inside double quotes only before a quote or a backslash).
 */
final class ShellWords {

    private ShellWords() {}

    /**
     * @param comments whether a {@code #} outside quotes ends the line, inside a word also (as
     *     Ansible has it)
     * @throws IllegalArgumentException when a quote is never closed
     */
    static List<String> split(String line, boolean comments) {
        return words(line, comments).stream().map(Word::text).toList();
    }

    /**
     * A word and where it stands in its line.
     *
     * @param text without its quotes
     * @param from the first of its letters as written
     * @param to behind its last
     */
    record Word(String text, int from, int to) {}

    /** The same with the place of each word. */
    static List<Word> words(String line, boolean comments) {
        List<Word> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        int from = 0;
        int i = 0;
        for (; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(new Word(word.toString(), from, i));
                    word = null;
                }
                continue;
            }
            if (comments && quote == 0 && c == '#') {
                break;
            }
            if (word == null) {
                word = new StringBuilder();
                from = i;
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && escapes(quote, line, i)) {
                word.append(line.charAt(++i));
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote " + quote + " is never closed");
        }
        if (word != null) {
            words.add(new Word(word.toString(), from, i));
        }
        return words;
    }

    private static boolean escapes(char quote, String line, int at) {
        if (at + 1 >= line.length() || quote == '\'') {
            return false;
        }
        char next = line.charAt(at + 1);
        return quote == 0 || next == '"' || next == '\\';
    }
}
