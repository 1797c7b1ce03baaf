package kolla.runbooks.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import kolla.runbooks.parameters.Wrong;

/**
 * What somebody asks for when they start a run, whichever way they come in.
 *
 * @param ticket identifies the request: the same runbook is started once for it
 */
public record RunRequest(String runbook, String cluster, String ticket, String reason) {

    /** Also the pattern of the start forms. */
    public static final Pattern TICKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._#/-]{0,63}");

    private static final int LONGEST_REASON = 500;

    /** Every field that is not right, all at once; empty when the request is fine. */
    public List<Wrong> wrongs(List<String> clusters) {
        List<Wrong> wrongs = new ArrayList<>();
        if (!clusters.contains(cluster)) {
            wrongs.add(Wrong.of("cluster", cluster, "one of " + clusters));
        }
        if (!TICKET.matcher(ticket).matches()) {
            wrongs.add(
                    Wrong.of(
                            "ticket",
                            ticket,
                            "1 to 64 letters, digits, dots, dashes, slashes, # or _, beginning"
                                    + " with a letter or digit"));
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            wrongs.add(
                    Wrong.of(
                            "reason",
                            reason,
                            "a sentence of 1 to " + LONGEST_REASON + " characters"));
        }
        return List.copyOf(wrongs);
    }
}
