package kolla.runbooks.preparation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.rollout.Patience;

/** Makes one host what a change says. What it did not see come true is a failure. */
final class ChangeMaking {

    static final String NOT_TAKEN = "KR-PREPARE-005";
    static final String NOT_AS_WANTED = "KR-PREPARE-009";
    private static final Duration LOCKS = Duration.ofMinutes(10);
    private static final Duration BY_ITSELF = Duration.ofSeconds(15);
    private static final Duration STARTED = Duration.ofSeconds(60);
    private static final Duration RELOADED = Duration.ofSeconds(10);

    /**
     * Arguments: the new file, and the digest of the one that it was made from. A file that is
     * mounted (a container's) cannot be replaced, only written over.
     */
    private static final String REPLACE_HOSTS =
            """
            file=$(readlink -f /etc/hosts); new=$1
            trap 'rm -f "$new"' EXIT
            if [ "$(sha256sum <"$file" | cut -d' ' -f1)" != "$2" ]; then
              echo "somebody has changed /etc/hosts just now" >&2; exit 3
            fi
            chown --reference="$file" "$new"; chmod --reference="$file" "$new"
            if mountpoint -q "$file"; then cat "$new" >"$file"; else mv -f "$new" "$file"; fi
            """;

    private static final String RELOAD_ENGINE =
            """
            if [ -d /run/systemd/system ]; then systemctl reload docker
            else kill -HUP "$(cat /run/docker.pid)"; fi
            """;

    /** Says what the engine's own log says last when it does not start. */
    private static final String START_ENGINE =
            """
            if [ -d /run/systemd/system ]; then
              systemctl enable --now docker && exit
              journalctl -u docker -n 15 --no-pager -o cat >&2; exit 1
            fi
            """;

    private static final String SET_KERNEL =
            """
            PATH=$PATH:/usr/sbin:/sbin
            for pair in "$@"; do sysctl -q -w "$pair" || exit; done
            """;

    private final HostConnection connection;
    private final ContainerEngine engine;
    private final Journal journal;
    private final Patience patience;
    private final HostSight seen;
    private final String cluster;

    /**
     * @param seen what the change was decided from
     */
    ChangeMaking(
            HostConnection connection,
            ContainerEngine engine,
            Journal journal,
            Patience patience,
            HostSight seen,
            String cluster) {
        this.connection = connection;
        this.engine = engine;
        this.journal = journal;
        this.patience = patience;
        this.seen = seen;
        this.cluster = cluster;
    }

    void make(Change change) {
        if (change instanceof Change.Names names) {
            perform("write /etc/hosts", change, () -> hosts(names));
        } else if (change instanceof Change.EngineFile file) {
            perform("write " + EngineConfiguration.PATH, change, () -> engineFile(file));
        } else if (change instanceof Change.Packages packages) {
            perform(
                    String.join(" ", "install packages", String.join(" ", packages.names()))
                            .strip(),
                    change,
                    () ->
                            new PackageInstall(connection, patience, journal, LOCKS)
                                    .install(packages.names()));
        } else if (change instanceof Change.EngineStart) {
            perform("start the engine", change, this::engineStart);
        } else if (change instanceof Change.Kernel kernel) {
            perform("set the kernel", change, () -> kernel(kernel.values()));
        } else {
            throw new IllegalStateException("no way to make " + change);
        }
    }

    private void perform(String action, Change change, java.util.function.Supplier<String> act) {
        journal.perform(change.host(), action, change.sentence(), act);
    }

    private String hosts(Change.Names change) {
        HostsFile file = new HostsFile(seen.hosts(), cluster);
        String beside = "/etc/.hosts.kolla-runbooks";
        connection.put(
                List.of(
                        new RemoteFile(
                                beside,
                                file.with(change.names(), change.loosened()),
                                0644,
                                "root:root")));
        must(Command.script(REPLACE_HOSTS, beside, change.before()), "/etc/hosts was not written");
        return change.names().size() + " names in the cluster's block";
    }

    private String engineFile(Change.EngineFile change) {
        must(
                Command.of("install", "-d", "-m", "0755", "/etc/docker"),
                "/etc/docker could not be made");
        connection.put(
                List.of(
                        new RemoteFile(
                                EngineConfiguration.PATH,
                                EngineConfiguration.with(seen.daemonFile(), change.registry()),
                                0644,
                                "root:root")));
        if (seen.engine().isEmpty()) {
            return "written; the engine reads it when it starts";
        }
        CommandResult told = connection.run(Command.script(RELOAD_ENGINE));
        Optional<Boolean> taken =
                patience.until(
                        RELOADED,
                        () ->
                                Optional.of(true)
                                        .filter(
                                                t ->
                                                        EngineConfiguration.reaches(
                                                                engine.info().insecure(),
                                                                change.registry())));
        if (taken.isEmpty()) {
            throw RunbookFailure.person(
                    NOT_TAKEN,
                    change.host(),
                    "the engine was told to read "
                            + EngineConfiguration.PATH
                            + " again and still does not reach "
                            + change.registry()
                            + " without TLS; it is not restarted from here. Restart it by hand when"
                            + " what runs on it may stop",
                    "\"insecure-registries\": [\"" + change.registry() + "\"]",
                    told.err());
        }
        return "written, and read by the engine";
    }

    /** Without systemd whatever runs the host may start its engine; it is given time to. */
    private String engineStart() {
        must(
                Command.script(START_ENGINE).within(STARTED.plusSeconds(60)),
                "the Docker engine did not start");
        Duration first = seen.systemd() ? STARTED : BY_ITSELF;
        if (version(first).isEmpty() && !seen.systemd()) {
            must(
                    Command.of("service", "docker", "start").within(STARTED),
                    "the Docker engine did not start");
        }
        return version(STARTED)
                .map(v -> "Docker " + v + " answers")
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        NOT_AS_WANTED,
                                        connection.host().name(),
                                        "the Docker engine was started and does not answer after "
                                                + STARTED.toSeconds()
                                                + " s; its own log says why"));
    }

    private Optional<String> version(Duration limit) {
        return patience.until(
                limit,
                () -> {
                    try {
                        return Optional.of(engine.info().version());
                    } catch (RunbookFailure notYet) {
                        return Optional.empty();
                    }
                });
    }

    private String kernel(Map<String, String> values) {
        connection.put(
                List.of(
                        new RemoteFile(
                                KernelSettings.PATH,
                                KernelSettings.file(values),
                                0644,
                                "root:root")));
        must(
                Command.script(
                        SET_KERNEL,
                        values.entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .toArray(String[]::new)),
                "the kernel did not take a setting");
        return String.join(", ", values.keySet());
    }

    private void must(Command command, String otherwise) {
        CommandResult result = connection.run(command);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    NOT_AS_WANTED,
                    connection.host().name(),
                    otherwise + " (exit " + result.exit() + "): " + lastLine(result.err()),
                    result.err());
        }
    }

    private static String lastLine(String text) {
        List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
