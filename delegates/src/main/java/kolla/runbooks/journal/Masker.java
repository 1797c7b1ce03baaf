package kolla.runbooks.journal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Takes secrets out of text: the values themselves, and the same values as base64 (also inside a
 * longer base64 text, as in an HTTP basic header), URL-encoded, as a JSON string, or line by line
 * where a value has several lines. Values of fewer than four characters are left: masking them
 * would make text unreadable and hide nothing.
 *
 * <p>Immutable and thread-safe.
 */
public final class Masker {

    /** What stands where a secret stood. */
    public static final String MASK = "***";

    private static final int SHORTEST_SECRET = 4;

    /** A line of a key that is shorter than this (the last one) says nothing about the key. */
    private static final int SHORTEST_LINE = 12;

    private final List<String> forms;

    public Masker(Collection<String> secrets) {
        this.forms =
                secrets.stream()
                        .flatMap(Masker::withLines)
                        .flatMap(Masker::formsOf)
                        .filter(form -> form.length() >= SHORTEST_SECRET)
                        .distinct()
                        .toList();
    }

    /** The text with every secret replaced; the same object where there is none in it. */
    public String mask(String text) {
        BitSet hidden = new BitSet();
        for (String form : forms) {
            for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                hidden.set(at, at + form.length());
            }
        }
        if (hidden.isEmpty()) {
            return text;
        }
        // Positions are collected first and replaced together, so that of two secrets which overlap
        // no tail is left over.
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int begin = hidden.nextSetBit(at);
            if (begin < 0) {
                masked.append(text, at, text.length());
                break;
            }
            masked.append(text, at, begin).append(MASK);
            at = hidden.nextClearBit(begin);
        }
        return masked.toString();
    }

    private static Stream<String> withLines(String secret) {
        String stripped = secret.strip();
        if (stripped.length() < SHORTEST_SECRET) {
            return Stream.empty();
        }
        Stream<String> lines =
                stripped.contains("\n")
                        ? stripped.lines()
                                .map(String::strip)
                                .filter(l -> l.length() >= SHORTEST_LINE && !l.startsWith("-----"))
                        : Stream.empty();
        return Stream.concat(Stream.of(secret, stripped), lines);
    }

    private static Stream<String> formsOf(String secret) {
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String percent = url.replace("+", "%20");
        String json =
                secret.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t");
        return Stream.concat(
                Stream.of(secret, url, lowerHex(url), percent, lowerHex(percent), json),
                Stream.of(0, 1, 2).flatMap(offset -> base64(secret, offset)));
    }

    /**
     * The part of the base64 text that depends on nothing but the secret, when {@code offset} bytes
     * stand before it in its group of three.
     */
    private static Stream<String> base64(String secret, int offset) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        String certain = encoded.substring(from, to);
        Stream<String> whole = offset == 0 ? Stream.of(encoded) : Stream.empty();
        return Stream.concat(whole, Stream.of(certain))
                .filter(form -> form.length() > SHORTEST_SECRET)
                .flatMap(form -> Stream.of(form, form.replace('+', '-').replace('/', '_')));
    }

    private static String lowerHex(String encoded) {
        String[] parts = encoded.split("%", -1);
        return parts[0]
                + Arrays.stream(parts, 1, parts.length)
                        .map(p -> "%" + p.substring(0, 2).toLowerCase(Locale.ROOT) + p.substring(2))
                        .reduce("", String::concat);
    }

    @Override
    public String toString() {
        return "Masker of " + forms.size() + " forms";
    }
}
