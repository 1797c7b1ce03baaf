package kolla.runbooks.rollout;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Unified differences of configuration files with every secret hidden. Those of passwords.yml are
 * known by their value. An operator's override has secrets of its own, and what a host still has
 * may be a password that the definition no longer names; so lines are hidden by what they look like
 * as well: after the name of a setting that holds a secret, in a URL, and where a line with a known
 * secret takes another's place.
 */
final class Diff {

    /** Shorter values are words that stand everywhere ("no", "admin"), not secrets worth hiding. */
    private static final int SHORTEST_SECRET = 4;

    private static final int CONTEXT = 2;
    private static final String HIDDEN = "********";

    /** Up to the value of a setting, whatever stands between the two. */
    private static final Pattern SETTING =
            Pattern.compile("^(-\\s*[^=:\\s]+\\s*[=:\\s]\\s*)\\S.*$");

    private static final Pattern SECRET_SETTING =
            Pattern.compile(
                    "(?i)^([-+ ].*?(?:passw(?:or)?d|pass|passphrase|secret|secret_key|cookie|token"
                            + "|credentials?|private_key|auth)[\"']?\\s*[=:\\s]\\s*)\\S.*$");

    private static final Pattern IN_URL = Pattern.compile("(://[^:/@\\s]*:)[^@\\s]+@");

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
        return hidden(lines.stream().skip(2).toList());
    }

    /** Block by block: lines that go and the lines that come in their place. */
    private List<String> hidden(List<String> lines) {
        List<String> shown = new ArrayList<>();
        int from = 0;
        while (from < lines.size()) {
            int to = from;
            while (to < lines.size() && changed(lines.get(to))) {
                to++;
            }
            List<String> block = lines.subList(from, to);
            boolean secret = block.stream().anyMatch(l -> l.startsWith("+") && !known(l).equals(l));
            block.forEach(l -> shown.add(l.startsWith("-") && secret ? gone(l) : hidden(l)));
            if (to < lines.size()) {
                shown.add(hidden(lines.get(to)));
            }
            from = to + 1;
        }
        return shown;
    }

    private static boolean changed(String line) {
        return line.startsWith("-") || line.startsWith("+");
    }

    /** A line in whose place one with a known secret comes. */
    private static String gone(String line) {
        return SETTING.matcher(line).replaceFirst("$1" + HIDDEN);
    }

    /**
     * By value, by the setting's name, and in a URL: an operator's override has its own secrets.
     */
    private String hidden(String line) {
        String byName = SECRET_SETTING.matcher(known(line)).replaceFirst("$1" + HIDDEN);
        return IN_URL.matcher(byName).replaceAll("$1" + HIDDEN + "@");
    }

    private String known(String line) {
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, HIDDEN);
        }
        return masked;
    }
}
