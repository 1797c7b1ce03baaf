package kolla.runbooks.galera;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.RolloutContext;

/** The actions that make a cluster where there was none. Which one is due is decided elsewhere. */
final class GaleraBootstrap {

    /** Moves what is in a data directory beside it, on the same file system; deletes nothing. */
    private static final String MOVE_ASIDE =
            """
            set -e
            aside="$1/../half-made-$2-$(date +%s)"
            mkdir "$aside"
            find "$1" -mindepth 1 -maxdepth 1 -exec mv -t "$aside" -- {} +
            cd "$aside" && pwd
            """;

    private final HostConvergence convergence;
    private final GaleraAccounts accounts;

    GaleraBootstrap(HostConvergence convergence, GaleraAccounts accounts) {
        this.convergence = convergence;
        this.accounts = accounts;
    }

    /** Fills the data directory by the image's own job, under a mark that outlives a crash. */
    void makeData(RolloutContext context, Host host, boolean moveAside) {
        if (moveAside) {
            moveAside(context, host);
        }
        mark(context, host, false);
        convergence.runBootstrapAnew(context, host, job(context));
        mark(context, host, true);
    }

    /**
     * Starts the server as a cluster of one. Docker must not start it so again after a crash of the
     * host: by then the others may have newer data.
     */
    void startNewCluster(RolloutContext context, Host host) {
        ContainerSpec spec = GaleraSql.container(context, host).spec();
        SortedMap<String, String> environment = new TreeMap<>(spec.environment());
        environment.put(GaleraObservation.BOOTSTRAP_VARIABLE, "--wsrep-new-cluster");
        convergence.apply(context, host, spec.withEnvironment(environment).withRestartPolicy("no"));
    }

    /** The cluster of one is a primary component: what the health responders need, then no mark. */
    void end(RolloutContext context, Host host) {
        accounts.ensureMonitor(context, host);
        context.journal()
                .perform(
                        host.name(),
                        "unmark bootstrap",
                        "the new cluster stands; " + GaleraObservation.MARK + " goes",
                        () -> {
                            run(context, host, Command.of("rm", "-f", GaleraObservation.MARK));
                            return "removed";
                        });
    }

    private static void mark(RolloutContext context, Host host, boolean complete) {
        String run = context.journal().run().value();
        String text = new BootstrapMark(run, complete).text();
        context.journal()
                .perform(
                        host.name(),
                        complete ? "mark data as made" : "mark data as being made",
                        GaleraObservation.MARK + " says \"" + text.strip() + "\"",
                        () -> {
                            RemoteFile file =
                                    new RemoteFile(GaleraObservation.MARK, text, 0640, "root:root");
                            context.connection(host).put(List.of(file));
                            return "written and synced";
                        });
    }

    private static void moveAside(RolloutContext context, Host host) {
        String folder =
                context.engine(host)
                        .volumePath(GaleraSql.volume(context, host))
                        .orElseThrow(() -> new IllegalStateException("data was seen in no volume"));
        context.journal()
                .perform(
                        host.name(),
                        "move half-made data aside",
                        "this run left " + folder + " half made and no other host has data",
                        () -> {
                            Command move =
                                    Command.script(
                                            MOVE_ASIDE, folder, context.journal().run().value());
                            return "moved to " + run(context, host, move).strip();
                        });
    }

    private static String run(RolloutContext context, Host host, Command command) {
        CommandResult result = context.connection(host).run(command);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    GaleraDecisions.HALF_MADE,
                    host.name(),
                    command.argv() + " ended with " + result.exit() + " instead of 0",
                    result.err());
        }
        return result.out();
    }

    private static BootstrapJob job(RolloutContext context) {
        return context.service().bootstrap().stream()
                .filter(j -> j.name().equals(GaleraObservation.JOB))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "service.yml of "
                                                + context.service().name()
                                                + " has no bootstrap job "
                                                + GaleraObservation.JOB));
    }
}
