package kolla.runbooks.galera.recovery;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraCnf;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Starts the server's own container as it is: same image, same configuration, no upgrade by the
 * way. Settings for one start are written into its configuration before and taken back after.
 */
final class OneStart {

    static final String NOT_TAKEN_BACK = "KR-RECOVERY-007";
    private static final String BOOTSTRAP_VARIABLE = "BOOTSTRAP_ARGS";

    private final HostConvergence convergence;

    OneStart(HostConvergence convergence) {
        this.convergence = convergence;
    }

    /** Starts the container with these settings; one that is not there is made as it is defined. */
    void start(RolloutContext context, Host host, List<String> settings) {
        write(context, host, settings);
        ContainerEngine engine = context.engine(host);
        Optional<ContainerState> container = engine.inspect(GaleraSql.CONTAINER);
        if (container.isEmpty()) {
            convergence.putFiles(context, host);
            write(context, host, settings);
        }
        context.journal()
                .perform(
                        host.name(),
                        "start " + GaleraSql.CONTAINER,
                        settings.isEmpty()
                                ? "its server joins the cluster"
                                : "its server starts with " + String.join(", ", settings),
                        () -> {
                            if (container.isEmpty()) {
                                engine.create(GaleraSql.container(context, host).spec());
                            } else if (container
                                    .get()
                                    .spec()
                                    .environment()
                                    .containsKey(BOOTSTRAP_VARIABLE)) {
                                engine.stop(
                                        GaleraSql.CONTAINER, container.get().spec().stopTimeout());
                                engine.remove(GaleraSql.CONTAINER);
                                engine.create(unflagged(context, host, container.get().spec()));
                            } else {
                                // out of Docker's hands first, should it wait to start it again
                                engine.stop(
                                        GaleraSql.CONTAINER, container.get().spec().stopTimeout());
                            }
                            engine.start(GaleraSql.CONTAINER);
                            return "started";
                        });
    }

    /**
     * A container that was made to bootstrap is made anew without that, as it is defined to start.
     */
    private static ContainerSpec unflagged(
            RolloutContext context, Host host, ContainerSpec flagged) {
        SortedMap<String, String> environment = new TreeMap<>(flagged.environment());
        environment.remove(BOOTSTRAP_VARIABLE);
        return flagged.withEnvironment(environment)
                .withRestartPolicy(GaleraSql.container(context, host).spec().restartPolicy());
    }

    /**
     * Takes the settings back and proves it on the disk: a later start of this container joins and
     * does not bootstrap (M12).
     */
    void takeBack(RolloutContext context, Host host) {
        write(context, host, List.of());
        String now = read(context, host);
        boolean flagged =
                context.engine(host)
                        .inspect(GaleraSql.CONTAINER)
                        .map(c -> c.spec().environment().containsKey(BOOTSTRAP_VARIABLE))
                        .orElse(false);
        boolean alone = context.service().hosts().size() == 1;
        if (flagged || (!alone && GaleraCnf.bootstraps(now)) || !GaleraCnf.plain(now).equals(now)) {
            throw RunbookFailure.person(
                    NOT_TAKEN_BACK,
                    host.name(),
                    "a restart of the container "
                            + GaleraSql.CONTAINER
                            + " would bootstrap a new cluster: "
                            + GaleraCnf.PATH
                            + (flagged ? " or its environment" : "")
                            + " still says so");
        }
    }

    private static void write(RolloutContext context, Host host, List<String> settings) {
        String now = read(context, host);
        String wanted =
                settings.isEmpty() ? GaleraCnf.plain(now) : GaleraCnf.forOneStart(now, settings);
        if (wanted.equals(now) || now.isEmpty()) {
            return;
        }
        context.journal()
                .perform(
                        host.name(),
                        settings.isEmpty()
                                ? "take back the settings for one start"
                                : "settings for one start",
                        settings.isEmpty()
                                ? GaleraCnf.PATH + " is again as it was"
                                : GaleraCnf.PATH + ": " + String.join(", ", settings),
                        () -> {
                            context.connection(host)
                                    .put(
                                            List.of(
                                                    new RemoteFile(
                                                            GaleraCnf.PATH,
                                                            wanted,
                                                            0660,
                                                            "root:root")));
                            return "written and synced";
                        });
    }

    private static String read(RolloutContext context, Host host) {
        CommandResult result =
                context.connection(host)
                        .run(Command.script("[ ! -f \"$1\" ] || cat \"$1\"", GaleraCnf.PATH));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    NOT_TAKEN_BACK,
                    host.name(),
                    GaleraCnf.PATH + " could not be read (exit " + result.exit() + ")",
                    result.err().strip());
        }
        return result.out();
    }
}
