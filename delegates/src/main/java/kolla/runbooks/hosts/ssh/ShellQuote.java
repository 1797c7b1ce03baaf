package kolla.runbooks.hosts.ssh;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The one place where text becomes part of a shell command. POSIX shells give no character a
 * meaning inside single quotes but the quote itself, so every word is put between them and a quote
 * is written as {@code '\''}. The result is one word with exactly the given bytes, whatever it
 * holds: newlines, a leading {@code -}, globs, {@code $}, unicode.
 *
 * <p>What a word means to the program that gets it is the caller's part: an operand that could
 * begin with {@code -} wants {@code --} before it.
 */
final class ShellQuote {

    /** Linux refuses a single argument of 128 KiB and more (MAX_ARG_STRLEN). */
    static final int LONGEST_ARGUMENT = 128 * 1024 - 1;

    private ShellQuote() {}

    /**
     * @throws IllegalArgumentException for a NUL, which no argument of a program can hold
     */
    static String word(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "argument: holds a NUL byte, which no program's argument can");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The words of an argument vector, each quoted, with blanks between. */
    static String words(List<String> arguments) {
        return arguments.stream().map(ShellQuote::word).collect(Collectors.joining(" "));
    }

    /**
     * As {@link #word}, without a newline in the result, for text that the shell's {@code read}
     * takes as one line: a newline is written as {@code "$_kr_nl"}, a variable that must hold one.
     */
    static String lineWord(String text) {
        return word(text).replace("\n", "'\"$" + NEWLINE_VARIABLE + "\"'");
    }

    static final String NEWLINE_VARIABLE = "_kr_nl";
}
