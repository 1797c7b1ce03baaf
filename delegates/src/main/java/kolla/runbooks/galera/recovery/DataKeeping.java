package kolla.runbooks.galera.recovery;

import java.time.Duration;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Keeps data directories: a copy of the one that the cluster starts from, and whole directories
 * moved aside. All of it stays on the same file system, beside the volume's data, named after the
 * run; nothing is ever deleted. The server on that host has to stand.
 */
final class DataKeeping {

    static final String FAILED = "KR-RECOVERY-006";
    static final String MOVE = "move the data aside";

    /** Half a copy never has the final name, and one that is there is not made again. */
    private static final String COPY =
            """
            set -e
            kept="$1/../kept-$2"
            if [ ! -d "$kept" ]; then
              rm -rf "$kept.part"
              cp -a --reflink=auto "$1" "$kept.part"
              sync -f "$kept.part"
              mv "$kept.part" "$kept"
              sync -f "$1/.."
            fi
            cd "$kept" && pwd
            du -sk . | cut -f 1
            """;

    /**
     * An interrupted move is gone on with; the directory itself stays, as it is what is mounted.
     */
    private static final String ASIDE =
            """
            set -e
            aside="$1/../aside-$2-$(date +%s)"
            mkdir "$aside"
            find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found -exec mv -t "$aside" -- {} +
            sync -f "$1"
            cd "$aside" && pwd
            """;

    private static final Duration BASE = Duration.ofMinutes(5);
    private static final long BYTES_PER_SECOND = 20L << 20;

    private DataKeeping() {}

    /**
     * Copies the data of a stopped server aside; a copy of this run that is there already is left.
     */
    static void copy(RolloutContext context, Host host, DataDirectory data) {
        String folder = folder(context, host);
        Duration limit = BASE.plusSeconds(data.bytes() / BYTES_PER_SECOND);
        context.journal()
                .perform(
                        host.name(),
                        "keep a copy of the data",
                        (data.bytes() >> 20) + " MiB of " + folder + " are copied beside it",
                        () -> {
                            String[] done =
                                    run(context, host, COPY, "the copy", folder, limit).split("\n");
                            return done.length == 2
                                    ? "kept in " + done[0] + ", " + done[1] + " KiB"
                                    : "kept in " + done[0];
                        });
    }

    /** Moves the data of a stopped server aside, so that it joins empty. */
    static void moveAside(RolloutContext context, Host host, String why) {
        String folder = folder(context, host);
        context.journal()
                .perform(
                        host.name(),
                        MOVE,
                        why,
                        () ->
                                "moved to "
                                        + run(context, host, ASIDE, "the move", folder, BASE)
                                                .strip());
    }

    private static String run(
            RolloutContext context,
            Host host,
            String script,
            String what,
            String folder,
            Duration limit) {
        CommandResult result =
                context.connection(host)
                        .run(
                                Command.script(script, folder, context.journal().run().value())
                                        .within(limit));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    FAILED,
                    host.name(),
                    what
                            + " of "
                            + folder
                            + " ended with "
                            + result.exit()
                            + "; nothing else was changed there",
                    result.err().strip());
        }
        return result.out();
    }

    private static String folder(RolloutContext context, Host host) {
        return context.engine(host)
                .volumePath(GaleraSql.volume(context, host))
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        FAILED,
                                        host.name(),
                                        "the volume with the data is gone; retry to look again"));
    }
}
