package kolla.runbooks.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Proposes the name that was probably meant. */
final class Spelling {

    private Spelling() {}

    /** The nearest name that is at most a third of the letters away. */
    static Optional<String> nearest(String seen, Collection<String> names) {
        int limit = Math.max(1, seen.length() / 3);
        return names.stream()
                .filter(n -> Math.abs(n.length() - seen.length()) <= limit)
                .map(n -> new Candidate(n, distance(seen, n)))
                .filter(c -> c.distance() <= limit)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private record Candidate(String name, int distance) {}

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
