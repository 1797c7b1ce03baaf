package kolla.runbooks.galera.backup;

import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The data directory of a host and what a restore keeps beside it, on the same file system. Each
 * step leaves a mark, so one that is run again goes on where it was.
 *
 * @param data the directory itself
 * @param restored where the new data wait
 * @param before where the old data are kept
 */
record Beside(Host host, String data, String restored, String before) {

    /** The mark of a whole folder lies beside it, so that it never becomes data. */
    private static final String MARK = "touch \"$1.whole\" && sync -f \"$1.whole\"";

    private static final String MARKED = "[ -f \"$1.whole\" ] && echo yes || true";

    private static final String GONE = "[ -d \"$1\" ] || echo yes";

    /** An interrupted move is gone on with; what has been moved in afterwards is never moved. */
    private static final String ASIDE =
            """
            set -e
            if [ ! -f "$2.whole" ]; then
              mkdir -p "$2"
              find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found -exec mv -t "$2" -- {} +
              sync -f "$2"
              touch "$2.whole"
              sync -f "$2.whole"
            fi
            cd "$2" && pwd
            """;

    private static final String IN =
            """
            set -e
            [ -d "$2" ] || exit 0
            find "$2" -mindepth 1 -maxdepth 1 -exec mv -t "$1" -- {} +
            sync -f "$1"
            rmdir "$2"
            """;

    static Beside of(RolloutContext context, Host host) {
        String data =
                context.engine(host)
                        .volumePath(GaleraSql.volume(context, host))
                        .orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                RestoreDecisions.NOT_MOVABLE,
                                                host.name(),
                                                "the volume with the data is gone"));
        String parent = data.substring(0, data.lastIndexOf('/'));
        String run = context.journal().run().value();
        return new Beside(host, data, parent + "/restored-" + run, parent + "/before-" + run);
    }

    boolean staged(RolloutContext context) {
        return !Shell.run(context, host, "look for the data", MARKED, restored).isBlank();
    }

    void markStaged(RolloutContext context) {
        Shell.run(context, host, "mark the data as whole", MARK, restored);
    }

    /** Whether the old data have been moved aside, all of them. */
    boolean movedAside(RolloutContext context) {
        return !Shell.run(context, host, "look for the old data", MARKED, before).isBlank();
    }

    /** Whether the new data have been moved in, all of them. */
    boolean movedIn(RolloutContext context) {
        return !Shell.run(context, host, "look for the new data", GONE, restored).isBlank();
    }

    /** Where the old data are now. */
    String moveAside(RolloutContext context) {
        return Shell.run(context, host, "move the data aside", ASIDE, data, before).strip();
    }

    void moveIn(RolloutContext context) {
        Shell.run(context, host, "move the data in", IN, data, restored);
    }
}
