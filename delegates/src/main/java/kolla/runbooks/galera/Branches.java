package kolla.runbooks.galera;

import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * A note beside each data directory, outside of what a state transfer replaces: which recovery the
 * data have gone through that left a host behind. From there on that host and the others may have
 * different transactions under the same UUID and numbers, which Galera cannot tell apart. The first
 * line is the branch that the data are of; below it are those that they have gone through before.
 */
public final class Branches {

    private static final String READ =
            "[ ! -f \"$1/../kr-branch\" ] || head -n 1 \"$1/../kr-branch\"";

    private static final String WRITE =
            """
            set -e
            note="$1/../kr-branch"
            if [ -z "$2" ]; then
              rm -f "$note"
            else
              printf '%s\\n' "$2" > "$note.new"
              [ ! -f "$note" ] || grep -vxF -e "$2" "$note" >> "$note.new" || true
              sync "$note.new"
              mv "$note.new" "$note"
            fi
            sync -f "$1/.."
            """;

    private Branches() {}

    /** The note beside the data on a host; empty when there is none. */
    public static String read(RolloutContext context, Host host) {
        return context.engine(host)
                .volumePath(GaleraSql.volume(context, host))
                .map(folder -> run(context, host, Command.script(READ, folder)).strip())
                .orElse("");
    }

    /**
     * Before a server joins others or starts without them: its data are of this branch from now on.
     */
    public static void write(RolloutContext context, Host host, String branch) {
        if (read(context, host).equals(branch)) {
            return;
        }
        context.journal()
                .perform(
                        host.name(),
                        "note the branch of the history",
                        branch.isEmpty()
                                ? "its data are of no branch"
                                : "its data are of the history since " + branch,
                        () -> {
                            String folder =
                                    context.engine(host)
                                            .volumePath(GaleraSql.volume(context, host))
                                            .orElseThrow(
                                                    () ->
                                                            new IllegalStateException(
                                                                    "the volume is not there"));
                            run(context, host, Command.script(WRITE, folder, branch));
                            return "noted beside " + folder;
                        });
    }

    private static String run(RolloutContext context, Host host, Command command) {
        CommandResult result = context.connection(host).run(command);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    "KR-RECOVERY-006",
                    host.name(),
                    "the note beside the data directory could not be read or written (exit "
                            + result.exit()
                            + ")",
                    result.err().strip());
        }
        return result.out();
    }
}
