package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Reads the position of a stopped server's data with {@code mariadbd --wsrep-recover}, in a
 * container of its own whose output is its only log: a line of an earlier recovery cannot be taken
 * for this one's (M5). Like every start of the server it lets InnoDB finish what a crash left open;
 * it connects to nobody.
 */
final class PositionJob {

    static final String NAME = "mariadb_wsrep_recover";

    private static final Pattern POSITION =
            Pattern.compile("WSREP: Recovered position:?\\s*([0-9a-fA-F-]{36}):(-?\\d{1,18})");
    private static final String FOLDER = "/etc/kolla/" + NAME;
    private static final String MOUNTED = "/var/lib/kolla/config_files";

    /** The server's own files, with another command: its log goes to the container's output. */
    private static final String PREPARE =
            """
            set -e
            # when the tables were written last is evidence, and this job is not what is meant by it
            touch -r "$4/ib_logfile0" "$2.written" 2>/dev/null || rm -f "$2.written"
            rm -rf "$2.new"
            cp -a "$1" "$2.new"
            sed -i 's|"command"[[:space:]]*:[[:space:]]*"[^"]*"|"command": "'"$3"'"|' \
              "$2.new/config.json"
            grep -q -- '--wsrep-recover' "$2.new/config.json"
            rm -rf "$2"
            mv "$2.new" "$2"
            """;

    private static final String AFTER =
            """
            [ ! -f "$2.written" ] || touch -r "$2.written" "$1/ib_logfile0" "$1/ibdata1"
            """;

    private static final String COMMAND = "mariadbd --wsrep-recover --skip-log-error";
    private static final int LAST_WORDS = 12;

    private PositionJob() {}

    /**
     * @param image of the server's own container, so that no other version touches the data
     * @param data where they lie on the host
     * @param limit for InnoDB's crash recovery; what is not ended then counts as not read
     */
    static Recovered run(
            RolloutContext context, Host host, String image, String data, Duration limit) {
        HostConnection connection = context.connection(host);
        CommandResult prepared =
                connection.run(
                        Command.script(
                                PREPARE,
                                "/etc/kolla/" + GaleraSql.CONTAINER,
                                FOLDER,
                                COMMAND,
                                data));
        if (!prepared.ok()) {
            return new Recovered.Failed(
                    "the configuration of "
                            + NAME
                            + " could not be made from that of "
                            + GaleraSql.CONTAINER,
                    List.of(prepared.err().strip()));
        }
        ContainerEngine engine = context.engine(host);
        // a look that was cut short may have left one: its answer would be an old one
        ContainerSpec job = job(GaleraSql.container(context, host).spec(), image);
        if (engine.inspect(NAME).isPresent()) {
            engine.stop(NAME, job.stopTimeout());
            engine.remove(NAME);
        }
        Recovered recovered = parse(engine.runToEnd(job, limit));
        connection.run(Command.script(AFTER, data, FOLDER));
        return recovered;
    }

    /** Whether a container is one of these jobs, which does not count as a server. */
    static boolean is(ContainerState container) {
        return container.name().equals(NAME);
    }

    private static ContainerSpec job(ContainerSpec server, String image) {
        List<String> volumes = new ArrayList<>();
        for (String volume : server.volumes()) {
            volumes.add(
                    volume.contains(":" + MOUNTED)
                            ? volume.replaceFirst("^[^:]*", FOLDER)
                            : volume);
        }
        return new ContainerSpec(
                NAME,
                image,
                volumes,
                new TreeMap<>(server.environment()),
                server.labels(),
                server.privileged(),
                server.capabilities(),
                server.tmpfs(),
                server.pidMode(),
                "no",
                java.util.Optional.of(
                        new ContainerSpec.Health(
                                List.of("NONE"), Duration.ZERO, Duration.ZERO, 0, Duration.ZERO)),
                server.stopTimeout());
    }

    /** Pure. Anything but a good end with exactly one position is a failure. */
    static Recovered parse(ContainerEngine.ExecResult result) {
        String all = result.out() + "\n" + result.err();
        List<String> last = Arrays.stream(all.split("\n")).filter(l -> !l.isBlank()).toList();
        List<String> words = last.subList(Math.max(0, last.size() - LAST_WORDS), last.size());
        if (!result.ok()) {
            return new Recovered.Failed("--wsrep-recover ended with " + result.exit(), words);
        }
        List<Position> positions = new ArrayList<>();
        Matcher matcher = POSITION.matcher(all);
        while (matcher.find()) {
            positions.add(new Position(matcher.group(1), Long.parseLong(matcher.group(2))));
        }
        List<Position> distinct = positions.stream().distinct().toList();
        return distinct.size() == 1
                ? new Recovered.Found(distinct.get(0))
                : new Recovered.Failed(
                        "--wsrep-recover printed " + distinct.size() + " positions instead of one",
                        words);
    }
}
