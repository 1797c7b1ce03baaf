package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A plan as a tired person reads it: one row a container, what else happens, what changes. Pure.
 */
public final class PlanText {

    private PlanText() {}

    /** Which service, and what happens to it why. */
    private record Row(String service, String what) {}

    /**
     * A table for a fixed-width font with the columns hosts, service, what and why; rows that say
     * the same about several hosts are one row; then the notes, then the differences of the files
     * that are written. At most {@code limit} characters: what is cut is counted, and the whole is
     * in the plan itself.
     */
    public static String of(Plan plan, int limit) {
        if (!plan.changesAnything()) {
            return "Nothing to change: the cluster is as it is defined.";
        }
        List<String> lines = new ArrayList<>();
        Map<Row, List<String>> rows = rows(plan);
        if (!rows.isEmpty()) {
            String columns =
                    "%-"
                            + width("HOSTS", rows.values().stream().map(h -> String.join(" ", h)))
                            + "s  %-"
                            + width("SERVICE", rows.keySet().stream().map(Row::service))
                            + "s  %s";
            lines.add(String.format(columns, "HOSTS", "SERVICE", "WHAT AND WHY"));
            rows.forEach(
                    (row, hosts) ->
                            lines.add(
                                    String.format(
                                            columns,
                                            String.join(" ", hosts),
                                            row.service(),
                                            row.what())));
        }
        if (!plan.notes().isEmpty()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            plan.notes().forEach(n -> lines.add("- " + n));
        }
        lines.addAll(differences(plan));
        return cut(lines, limit);
    }

    /** File by file; hosts with the same difference of the same file are named together. */
    private static List<String> differences(Plan plan) {
        Map<List<String>, List<String>> hosts = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.File file && !file.diff().isEmpty()) {
                List<String> difference = new ArrayList<>(List.of(file.path()));
                difference.addAll(file.diff());
                hosts.computeIfAbsent(difference, d -> new ArrayList<>()).add(file.host());
            }
        }
        List<String> lines = new ArrayList<>();
        hosts.forEach(
                (difference, on) -> {
                    lines.add("");
                    lines.add(difference.get(0) + " on " + String.join(" ", on) + ":");
                    difference.stream().skip(1).map(l -> "  " + l).forEach(lines::add);
                });
        return lines;
    }

    private static int width(String head, Stream<String> cells) {
        return Math.max(head.length(), cells.mapToInt(String::length).max().orElse(0));
    }

    private static Map<Row, List<String>> rows(Plan plan) {
        Map<Row, List<String>> rows = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            rows.computeIfAbsent(new Row(change.service(), what(change)), r -> new ArrayList<>())
                    .add(change.host());
        }
        return rows;
    }

    private static String what(Change change) {
        if (change instanceof Change.Image image) {
            return "pull " + image.reference() + ": is not on the host";
        }
        if (change instanceof Change.File file) {
            return "write "
                    + file.path()
                    + (file.diff().isEmpty()
                            ? ": is new, or only its mode or owner differs"
                            : ": differs");
        }
        Change.Container container = (Change.Container) change;
        return container.action().verb()
                + " container "
                + container.container()
                + ": it "
                + new ContainerDelta(container.action(), container.reasons()).why();
    }

    private static String cut(List<String> lines, int limit) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String rest = "\n… and " + (lines.size() - i) + " more lines; see the whole plan.";
            if (text.length() + lines.get(i).length() + 1 + rest.length() > limit) {
                return text.append(rest).toString();
            }
            text.append(i == 0 ? "" : "\n").append(lines.get(i));
        }
        return text.toString();
    }
}
