package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.Planner;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Rollouts;

/** Looks where a host that has left is still named: in configuration, among members. */
public final class HostTraces {

    static final String STILL_NAMED = "KR-MEMBERS-006";

    /**
     * Arguments: words. Prints the files below /etc/kolla that have one of them, whole: no part of
     * a longer name or address. What cannot be read is a failure.
     */
    private static final String SCRIPT =
            """
            for word in "$@"; do
              files=$(grep -rlP --exclude-dir=.runbooks -e "(?<![A-Za-z0-9.-])\\Q$word\\E(?![A-Za-z0-9-]|\\.[A-Za-z0-9])" /etc/kolla) ||
                [ $? -le 1 ] || exit 1
              [ -z "$files" ] || echo "$files" | while read -r file; do echo "$file has $word"; done
            done
            exit 0
            """;

    private HostTraces() {}

    /**
     * @param members of any service of the deployment as it is now
     */
    public static List<Finding> of(RolloutContext members, Rollouts rollouts, Host left) {
        List<Finding> findings = new ArrayList<>();
        String[] words = words(members, left);
        Map<Host, FanOut.Outcome<CommandResult>> seen =
                members.fanOut()
                        .each(
                                Planner.hosts(members.deployment()),
                                h -> members.connection(h).run(Command.script(SCRIPT, words)));
        seen.forEach((host, outcome) -> findings.addAll(files(host, outcome)));
        for (DesiredService service : members.deployment().services()) {
            findings.addAll(rollouts.of(service).traces(members.about(service), left));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.good(
                            STILL_NAMED,
                            "no configuration file and no member names "
                                    + String.join(" or ", words)));
        }
        return findings;
    }

    /** Its name and its addresses, but for one that another host has taken over. */
    private static String[] words(RolloutContext members, Host left) {
        Set<String> words = new LinkedHashSet<>();
        words.add(left.login().address());
        words.add(address(members, left));
        for (Host host : Planner.hosts(members.deployment())) {
            words.remove(host.login().address());
            words.remove(address(members, host));
        }
        words.add(left.name());
        return words.toArray(String[]::new);
    }

    private static String address(RolloutContext members, Host host) {
        return members.cluster()
                .variables(host)
                .string("api_interface_address", host.login().address());
    }

    private static List<Finding> files(Host host, FanOut.Outcome<CommandResult> outcome) {
        if (outcome instanceof FanOut.Outcome.Done<CommandResult> done && done.value().ok()) {
            return done.value()
                    .out()
                    .lines()
                    .map(l -> Finding.bad(STILL_NAMED, host.name(), host.name() + ": " + l))
                    .toList();
        }
        String why =
                outcome instanceof FanOut.Outcome.Failed<CommandResult> failed
                        ? failed.cause() instanceof RunbookFailure known
                                ? known.sentence()
                                : String.valueOf(failed.cause().getMessage())
                        : "the files could not be read";
        return List.of(Finding.bad(STILL_NAMED, host.name(), host.name() + ": " + why));
    }
}
