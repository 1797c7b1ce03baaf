package kolla.runbooks.galera.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Tail;

/**
 * The long jobs, each in a container of the database's own image that runs {@code backup.sh}. Its
 * name holds the run, so a second attempt of a step finds the first one's container and waits for
 * it, whatever became of the program in between.
 */
final class BackupJobs {

    /** Kolla's fixed ids of the account {@code mysql}, which its images run as. */
    static final String ACCOUNT = "42434:42434";

    private static final String PREFIX = "mariadb_backup_";
    private static final Pattern PROGRESS = Pattern.compile("Streaming |\\.\\.\\.done$");
    private static final int LAST_WORDS = 20;
    private static final String FOLDER = "/etc/kolla/mariadb_backup";
    private static final String CONFIG =
            """
            {
              "command": "bash /usr/local/bin/kolla-runbooks-backup",
              "config_files": [
                {"source": "/var/lib/kolla/config_files/backup.sh", "dest": "/usr/local/bin/kolla-runbooks-backup",
                 "owner": "mysql", "perm": "0500"},
                {"source": "/var/lib/kolla/config_files/server.cnf", "dest": "/etc/kolla-runbooks/server.cnf",
                 "owner": "mysql", "perm": "0600", "optional": true}
              ]
            }
            """;

    /** The server's own configuration as it lies on the host: where its data is, and how. */
    private static final String COPY_SERVER_CNF =
            """
            set -e
            umask 077
            mkdir -p "$2"
            cp "$1" "$2/server.cnf.new"
            mv "$2/server.cnf.new" "$2/server.cnf"
            """;

    private final RolloutContext context;
    private final String run;

    BackupJobs(RolloutContext context) {
        this.context = context;
        String id = context.journal().run().value();
        this.run = id.substring(id.lastIndexOf('-') + 1);
    }

    String name(String job) {
        return PREFIX + job + "_" + run;
    }

    /** A container that is made only for what it mounts. */
    static ContainerSpec bare(String name, String image, List<String> volumes) {
        return spec(name, image, volumes, new TreeMap<>());
    }

    /**
     * A job of {@code backup.sh}.
     *
     * @param variables secrets may be among them: a job's container goes when it was read
     */
    ContainerSpec spec(String job, String image, String volume, Map<String, String> variables) {
        SortedMap<String, String> environment = new TreeMap<>(variables);
        environment.put("KOLLA_CONFIG_STRATEGY", "COPY_ALWAYS");
        environment.put("KR_JOB", job);
        return spec(
                name(job),
                image,
                List.of(FOLDER + "/:/var/lib/kolla/config_files/:ro", volume),
                environment);
    }

    private static ContainerSpec spec(
            String name,
            String image,
            List<String> volumes,
            SortedMap<String, String> environment) {
        return new ContainerSpec(
                name,
                image,
                volumes,
                environment,
                new TreeMap<>(),
                false,
                List.of(),
                List.of("/run/kr:mode=1777,size=64m"),
                Optional.empty(),
                "no",
                Optional.empty(),
                Duration.ofSeconds(30));
    }

    Optional<ContainerState> find(Host host, String job) {
        return context.engine(host).inspect(name(job));
    }

    /** Puts what the jobs on this host start from. */
    void prepare(Host host, boolean serverConfiguration) {
        if (serverConfiguration) {
            Shell.run(
                    context,
                    host,
                    "read the server's configuration",
                    COPY_SERVER_CNF,
                    "/etc/kolla/mariadb/galera.cnf",
                    FOLDER);
        }
        context.connection(host)
                .put(
                        List.of(
                                new RemoteFile(FOLDER + "/config.json", CONFIG, 0660, "root:root"),
                                new RemoteFile(
                                        FOLDER + "/backup.sh", script(), 0660, "root:root")));
    }

    /** Runs a job to its end, or the one that is there already: it is this run's. */
    ContainerEngine.ExecResult run(Host host, ContainerSpec job, Duration limit) {
        ContainerEngine engine = context.engine(host);
        ContainerSpec spec = engine.inspect(job.name()).map(ContainerState::spec).orElse(job);
        return engine.runToEnd(spec, limit);
    }

    /** Ends a job of this run and takes its container away. */
    void end(Host host, String job) {
        end(context.engine(host), name(job));
    }

    private static void end(ContainerEngine engine, String container) {
        engine.stop(container, Duration.ofSeconds(30));
        engine.remove(container);
    }

    /**
     * Ends the jobs that other runs left on a host: this run holds the lease, so nobody waits for
     * them any more. A copy that is ended puts its node back into flow control itself.
     */
    void endOrphans(Host host) {
        ContainerEngine engine = context.engine(host);
        for (ContainerState state : engine.list()) {
            String container = state.name();
            if (container.startsWith(PREFIX) && !container.endsWith("_" + run)) {
                context.journal()
                        .perform(
                                host.name(),
                                "end " + container,
                                "the run that began it has ended",
                                () -> {
                                    end(engine, container);
                                    return "ended and removed";
                                });
            }
        }
    }

    /** How long a job that reads or writes so many bytes may last: 5 MiB a second, and a start. */
    static Duration budget(long bytes) {
        return Duration.ofMinutes(10).plusSeconds(bytes / (5L << 20));
    }

    /** What a job said last, without the names of the files that went well. */
    static String lastWords(ContainerEngine.ExecResult result) {
        String text =
                (result.out() + "\n" + result.err())
                        .lines()
                        .filter(l -> !l.isBlank())
                        .filter(l -> !PROGRESS.matcher(l).find())
                        .collect(Collectors.joining("\n"));
        return String.join("\n", Tail.of(text, LAST_WORDS));
    }

    private static String script() {
        try (InputStream text = BackupJobs.class.getResourceAsStream("backup.sh")) {
            if (text == null) {
                throw new IllegalStateException("backup.sh is not in the program");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
