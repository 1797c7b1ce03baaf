package kolla.runbooks.galera.backup;

import java.time.Duration;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Short scripts on a host, for what no container is needed for. */
final class Shell {

    static final String FAILED = "KR-BACKUP-004";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Shell() {}

    /**
     * What the script printed.
     *
     * @throws RunbookFailure {@code KR-BACKUP-004} when it ends with anything but 0
     */
    static String run(
            RolloutContext context, Host host, String what, String script, String... arguments) {
        return run(context, host, what, script, LIMIT, arguments);
    }

    /** The same, for what reads much. */
    static String run(
            RolloutContext context,
            Host host,
            String what,
            String script,
            Duration limit,
            String... arguments) {
        CommandResult result =
                context.connection(host).run(Command.script(script, arguments).within(limit));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    FAILED,
                    host.name(),
                    what + ": ended with " + result.exit() + " instead of 0",
                    result.err());
        }
        return result.out();
    }
}
