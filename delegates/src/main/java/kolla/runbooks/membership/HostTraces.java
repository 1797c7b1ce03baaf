package kolla.runbooks.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Arguments: words. Prints the files below /etc/kolla that have one of them, whole. */
    private static final String SCRIPT =
            """
            for word in "$@"; do
              grep -rlwF -e "$word" /etc/kolla 2>/dev/null | grep -v '^/etc/kolla/.runbooks/' |
                while read -r file; do echo "$file has $word"; done
            done
            exit 0
            """;

    private HostTraces() {}

    /**
     * @param members of any service of the deployment as it is now
     */
    public static List<Finding> of(RolloutContext members, Rollouts rollouts, Host left) {
        List<Finding> findings = new ArrayList<>();
        Map<Host, FanOut.Outcome<CommandResult>> seen =
                members.fanOut()
                        .each(
                                Planner.hosts(members.deployment()),
                                h ->
                                        members.connection(h)
                                                .run(
                                                        Command.script(
                                                                SCRIPT,
                                                                left.name(),
                                                                left.login().address())));
        seen.forEach((host, outcome) -> findings.addAll(files(host, outcome)));
        for (DesiredService service : members.deployment().services()) {
            findings.addAll(rollouts.of(service).traces(members.about(service), left));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.good(
                            STILL_NAMED,
                            "no configuration file and no member names "
                                    + left.name()
                                    + " or "
                                    + left.login().address()));
        }
        return findings;
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
