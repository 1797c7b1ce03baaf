package kolla.runbooks.inventory;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what stays of a range: {@code ctl[1:5]} without {@code ctl3} is {@code ctl[1:2]} and
 * {@code ctl[4:5]}.
 */
final class HostRange {

    private static final Pattern ONE_RANGE =
            Pattern.compile(
                    "([^\\[\\]]*)\\[[^\\[\\]:]*:[^\\[\\]:]*((?::[^\\[\\]:]*)?)]([^\\[\\]]*)");

    private HostRange() {}

    /** Patterns for a run of neighbours out of what the pattern means: one range, or the names. */
    static List<String> written(String pattern, List<String> run) {
        Matcher range = ONE_RANGE.matcher(pattern);
        if (run.size() < 2 || !range.matches()) {
            return run;
        }
        String before = range.group(1);
        String behind = range.group(3);
        String shorter =
                before
                        + "["
                        + member(run.get(0), before, behind)
                        + ":"
                        + member(run.get(run.size() - 1), before, behind)
                        + range.group(2)
                        + "]"
                        + behind;
        return HostPattern.expand(shorter).equals(run) ? List.of(shorter) : run;
    }

    private static String member(String name, String before, String behind) {
        return name.substring(before.length(), name.length() - behind.length());
    }
}
