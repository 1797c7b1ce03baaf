package kolla.runbooks.upgrade;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A version as programs print it: numbers joined by dots. {@code 2.0} and {@code 2} are the same.
 *
 * @param parts from the most significant; at least one
 */
record VersionNumber(List<Integer> parts) implements Comparable<VersionNumber> {

    VersionNumber {
        parts = List.copyOf(parts);
    }

    /**
     * @throws IllegalArgumentException when the text is not numbers joined by dots
     */
    static VersionNumber of(String text) {
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})*")) {
            throw new IllegalArgumentException(
                    "version: \"" + text + "\" is not numbers joined by dots");
        }
        return new VersionNumber(Arrays.stream(text.split("\\.")).map(Integer::valueOf).toList());
    }

    /** Whether this is of the series, for example 10.11.19 of 10.11. */
    boolean isOf(String series) {
        List<Integer> wanted = of(series).parts;
        return parts.size() >= wanted.size() && parts.subList(0, wanted.size()).equals(wanted);
    }

    @Override
    public int compareTo(VersionNumber other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int compared = Integer.compare(part(i), other.part(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private int part(int index) {
        return index < parts.size() ? parts.get(index) : 0;
    }

    @Override
    public String toString() {
        return parts.stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
