package kolla.runbooks.rabbitmq;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.Action;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.RolloutContext;

/** Reads the brokers, side by side. Changes nothing; what cannot be read is unread. */
final class RabbitObservation {

    private static final String FOLDER = "/var/lib/rabbitmq";
    static final String DRAIN = "drain";
    static final String REVIVE = "revive";

    /** Prints {@code data yes} and {@code cookie <digest>} for the broker's folder. */
    private static final String SCRIPT =
            """
            [ -n "$1" ] || exit 0
            [ -d "$1" ] || { echo "$1 is not there" >&2; exit 1; }
            [ -n "$(ls -A "$1/mnesia" 2>/dev/null)" ] && echo 'data yes'
            if [ -s "$1/.erlang.cookie" ]; then
              sum=$(tr -d '\\r\\n' < "$1/.erlang.cookie" | sha256sum) || exit 1
              echo "cookie $(printf %.12s "$sum")"
            fi
            exit 0
            """;

    private final HostConvergence convergence;

    RabbitObservation(HostConvergence convergence) {
        this.convergence = convergence;
    }

    List<RabbitNode> observe(RolloutContext context) {
        return observe(context, true);
    }

    /** Hosts and containers only; what the brokers say of the cluster stays empty. */
    List<RabbitNode> withoutAsking(RolloutContext context) {
        return observe(context, false);
    }

    private List<RabbitNode> observe(RolloutContext context, boolean ask) {
        return context.look(h -> read(context, h, ask), RabbitNode.Unread::new);
    }

    private RabbitNode read(RolloutContext context, Host host, boolean ask) {
        ContainerEngine engine = context.engine(host);
        boolean running =
                engine.inspect(RabbitCli.CONTAINER).map(ContainerState::running).orElse(false);
        Optional<ClusterStatus> status = running && ask ? status(context, host) : Optional.empty();
        String folder = engine.volumePath(volume(context, host)).orElse("");
        CommandResult disk = context.connection(host).run(Command.script(SCRIPT, folder));
        if (!disk.ok()) {
            throw RunbookFailure.person(
                    RabbitDecisions.UNREAD,
                    host.name(),
                    "the broker's folder could not be read (exit " + disk.exit() + ")",
                    disk.err());
        }
        return new RabbitNode.Read(
                host.name(),
                disk.out().lines().anyMatch(l -> l.equals("data yes")),
                disk.out()
                        .lines()
                        .filter(l -> l.startsWith("cookie "))
                        .map(l -> l.substring("cookie ".length()))
                        .findFirst(),
                running,
                convergence.needed(context, host),
                drainedByRun(context, host),
                status);
    }

    private static String volume(RolloutContext context, Host host) {
        return context.service()
                .container(host, RabbitCli.CONTAINER)
                .map(c -> c.volumeAt(FOLDER))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "service.yml of rabbitmq has no container rabbitmq"));
    }

    static Optional<ClusterStatus> status(RolloutContext context, Host host) {
        ContainerEngine.ExecResult result =
                RabbitCli.run(
                        context,
                        host,
                        "rabbitmqctl",
                        "--silent",
                        "--formatter",
                        "json",
                        "cluster_status");
        return result.ok() ? ClusterStatus.parse(result.out()) : Optional.empty();
    }

    /** A drain was begun by this run and no revival came after it. */
    private static boolean drainedByRun(RolloutContext context, Host host) {
        boolean drained = false;
        for (Action action : context.journal().actions()) {
            if (action.id().host().equals(host.name())) {
                if (action.id().action().equals(DRAIN)) {
                    drained = true;
                } else if (action.id().action().equals(REVIVE)
                        && action.state() == Action.State.DONE) {
                    drained = false;
                }
            }
        }
        return drained;
    }
}
