package kolla.runbooks.rollout;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Unified differences of configuration files with every known secret hidden. */
final class Diff {

    /** Shorter values are words that stand everywhere ("no", "admin"), not secrets worth hiding. */
    private static final int SHORTEST_SECRET = 4;

    private static final int CONTEXT = 2;

    private final List<String> secrets;

    Diff(Collection<String> secrets) {
        this.secrets =
                secrets.stream()
                        .filter(s -> s.length() >= SHORTEST_SECRET)
                        .sorted(Comparator.comparing(String::length).reversed())
                        .toList();
    }

    /** The lines of the difference without the two file name lines; empty when there is none. */
    List<String> unified(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        List<String> lines =
                UnifiedDiffUtils.generateUnifiedDiff(
                        "before", "after", old, DiffUtils.diff(old, now), CONTEXT);
        return lines.stream().skip(2).map(this::mask).toList();
    }

    private String mask(String line) {
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, "********");
        }
        return masked;
    }
}
