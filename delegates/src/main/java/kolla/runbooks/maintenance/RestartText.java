package kolla.runbooks.maintenance;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The plan of a rolling restart as a tired person reads it. Pure. */
public final class RestartText {

    private RestartText() {}

    /**
     * @param reason that was given for it
     */
    public static String of(RestartPlan plan, String reason) {
        StringBuilder text = new StringBuilder();
        long processes = plan.restarts().stream().mapToLong(t -> t.processes().size()).sum();
        text.append("RESTARTS ")
                .append(processes)
                .append(" containers, one service after another, one host at a time.\n")
                .append("Image, configuration and data stay as they are. Asked for because: ")
                .append(reason)
                .append("\n\n");
        if (!plan.accepted().isEmpty()) {
            text.append("ACCEPTED although it is not as it should be: ")
                    .append(String.join(", ", plan.accepted()))
                    .append("\n\n");
        }
        int number = 0;
        for (RestartPlan.Turn turn : plan.restarts()) {
            text.append(++number).append(". ").append(turn.service()).append(": ");
            text.append(
                    turn.hosts().stream()
                            .map(batch -> String.join(" and ", batch))
                            .collect(joining(", then ")));
            text.append('\n');
            running(turn).forEach((since, where) -> text.append("   ").append(where).append('\n'));
            turn.notes().forEach(note -> text.append("   - ").append(note).append('\n'));
        }
        text.append(
                "\nEach host has to serve again and its service to be whole before the next one is"
                        + " touched.\n");
        return text.toString();
    }

    /** By container, on which hosts its process runs since when. */
    private static Map<String, String> running(RestartPlan.Turn turn) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String container :
                new TreeSet<>(
                        turn.processes().stream().map(RestartPlan.Running::container).toList())) {
            List<RestartPlan.Running> same =
                    turn.processes().stream().filter(p -> p.container().equals(container)).toList();
            lines.put(
                    container,
                    "container "
                            + container
                            + ", running since "
                            + same.stream()
                                    .map(p -> p.started().substring(0, 19) + "Z on " + p.host())
                                    .collect(joining(", ")));
        }
        return lines;
    }
}
