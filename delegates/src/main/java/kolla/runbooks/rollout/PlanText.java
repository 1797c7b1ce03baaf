package kolla.runbooks.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as a tired person reads it: one row a container, then what else happens. Pure. */
public final class PlanText {

    private PlanText() {}

    /**
     * A table with the columns host, service, container, what, why; rows that say the same about
     * several hosts are one row. At most {@code limit} characters: what is cut is counted, and the
     * whole is in the plan itself.
     */
    public static String of(Plan plan, int limit) {
        if (!plan.changesAnything()) {
            return "Nothing to change: the cluster is as it is defined.";
        }
        List<String> lines = new ArrayList<>();
        lines.add("| hosts | service | what | why |");
        lines.add("|---|---|---|---|");
        rows(plan).forEach((what, hosts) -> lines.add("| " + String.join(" ", hosts) + what));
        if (!plan.notes().isEmpty()) {
            lines.add("");
            plan.notes().forEach(n -> lines.add("- " + n));
        }
        return cut(lines, limit);
    }

    private static Map<String, List<String>> rows(Plan plan) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            rows.computeIfAbsent(row(change), r -> new ArrayList<>()).add(change.host());
        }
        return rows;
    }

    private static String row(Change change) {
        if (change instanceof Change.Image image) {
            return cells(change, "pull " + image.reference(), "is not on the host");
        }
        if (change instanceof Change.File file) {
            return cells(
                    change,
                    "write " + file.path(),
                    file.diff().isEmpty()
                            ? "is new, or only its mode or owner differs"
                            : "differs");
        }
        Change.Container container = (Change.Container) change;
        return cells(
                change,
                container.action().verb() + " container " + container.container(),
                new ContainerDelta(container.action(), container.reasons()).why());
    }

    private static String cells(Change change, String what, String why) {
        return " | " + change.service() + " | " + what + " | " + why + " |";
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
