package kolla.runbooks.galera;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.HostConvergence;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Reads the nodes, side by side: container, data directory, and by SQL what Galera says. Changes
 * nothing; what cannot be read is {@link GaleraNode.Unread}.
 */
final class GaleraObservation {

    static final String MARK = "/etc/kolla/" + GaleraSql.CONTAINER + "/.bootstrap";
    static final String JOB = "bootstrap_mariadb";
    static final String BOOTSTRAP_VARIABLE = "BOOTSTRAP_ARGS";

    /** Prints {@code data|bytes|uuid|mark <value>} for a data directory and the mark's path. */
    private static final String SCRIPT =
            """
            folder=$1 mark=$2
            if [ -n "$folder" ]; then
              if [ ! -d "$folder" ]; then echo "$folder is not there" >&2; exit 1; fi
              entries=$(ls -A "$folder") || exit 1
              [ -n "$entries" ] && [ "$entries" != lost+found ] && echo 'data yes'
              set -- $(du -sk "$folder" 2>/dev/null); echo "bytes ${1:-0}"
              [ -f "$folder/grastate.dat" ] && \
                sed -n 's/^uuid:[[:space:]]*/uuid /p' "$folder/grastate.dat"
            fi
            [ -f "$mark" ] && printf 'mark %s\\n' "$(cat "$mark")"
            exit 0
            """;

    private final HostConvergence convergence;

    GaleraObservation(HostConvergence convergence) {
        this.convergence = convergence;
    }

    List<GaleraNode> observe(RolloutContext context) {
        return context.look(h -> read(context, h), GaleraNode.Unread::new);
    }

    private GaleraNode read(RolloutContext context, Host host) {
        ContainerEngine engine = context.engine(host);
        Optional<ContainerState> container = engine.inspect(GaleraSql.CONTAINER);
        boolean running = container.map(ContainerState::running).orElse(false);
        Optional<WsrepStatus> wsrep = Optional.empty();
        if (running) {
            ContainerEngine.ExecResult status = GaleraSql.asRoot(context, host, WsrepStatus.QUERY);
            if (status.err().contains("Access denied")) {
                return new GaleraNode.Unread(
                        host.name(),
                        "the server refuses root with the database_password of passwords.yml; to"
                                + " change that password, see ops-runbooks/rotating-passwords.md");
            }
            wsrep = status.ok() ? WsrepStatus.parse(status.out()) : Optional.empty();
        }
        Differences differs = differences(context, host);
        Disk disk = disk(context, host, engine.volumePath(GaleraSql.volume(context, host)));
        return new GaleraNode.Read(
                host.name(),
                disk.data,
                disk.uuid,
                disk.mark,
                engine.inspect(JOB).isPresent(),
                running,
                container
                        .map(c -> c.spec().environment().containsKey(BOOTSTRAP_VARIABLE))
                        .orElse(false),
                differs.database,
                differs.sidecars,
                wsrep,
                disk.bytes);
    }

    private record Differences(boolean database, boolean sidecars) {}

    private Differences differences(RolloutContext context, Host host) {
        if (!convergence.needed(context, host)) {
            return new Differences(false, false);
        }
        boolean database = false;
        boolean sidecars = false;
        for (DesiredContainer container : context.service().on(host)) {
            String name = container.spec().name();
            boolean needed = convergence.delta(context, host, name).needed();
            if (name.equals(GaleraSql.CONTAINER)) {
                database |= needed;
            } else {
                sidecars |= needed;
            }
        }
        return new Differences(database, sidecars);
    }

    private record Disk(
            boolean data, long bytes, Optional<String> uuid, Optional<BootstrapMark> mark) {}

    private static Disk disk(RolloutContext context, Host host, Optional<String> folder) {
        CommandResult result =
                context.connection(host).run(Command.script(SCRIPT, folder.orElse(""), MARK));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    GaleraDecisions.UNREAD,
                    host.name(),
                    "the data directory could not be read (exit " + result.exit() + ")",
                    result.err());
        }
        boolean data = false;
        long kilobytes = 0;
        Optional<String> uuid = Optional.empty();
        Optional<BootstrapMark> mark = Optional.empty();
        for (String line : result.out().split("\n")) {
            String[] fields = line.strip().split(" ", 2);
            String value = fields.length == 2 ? fields[1].strip() : "";
            switch (fields[0]) {
                case "data" -> data = true;
                case "bytes" -> kilobytes = value.matches("\\d{1,15}") ? Long.parseLong(value) : 0;
                case "uuid" ->
                        uuid =
                                Optional.of(value)
                                        .filter(u -> !u.isEmpty())
                                        .filter(u -> !u.equals(WsrepStatus.ZERO_UUID));
                case "mark" -> mark = BootstrapMark.parse(value.isEmpty() ? "?" : value);
                default -> {}
            }
        }
        return new Disk(data, kilobytes * 1024, uuid, mark);
    }
}
