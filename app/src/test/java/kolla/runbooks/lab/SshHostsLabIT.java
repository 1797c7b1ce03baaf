package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kolla.runbooks.containers.DockerEngines;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.BoundedFanOut;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.hosts.ssh.SshHosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.DefinedClusters;
import kolla.runbooks.inventory.Host;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSH's own behaviour: ctl4 is reached as root, ctl3 as a user with sudo. */
class SshHostsLabIT {

    private static Cluster cluster;
    private static SshHosts hosts;

    @BeforeAll
    static void open() {
        cluster = Lab.up().cluster();
        hosts = new SshHosts();
    }

    @AfterAll
    static void close() {
        hosts.close();
    }

    private static HostConnection on(String name) {
        return hosts.on(cluster, cluster.inventory().host(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctl3", "ctl4"})
    void runsAsRootWithEnvironmentAndInput(String name) {
        CommandResult result =
                on(name).run(
                                Command.of("sh", "-c", "id -u; printenv A; cat")
                                        .with(Map.of("A", "x\n'y' é"))
                                        .reading("in"));

        assertThat(result).isEqualTo(new CommandResult(0, "0\nx\n'y' é\nin", "", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctl3", "ctl4"})
    void endsWhatRunsOutOfTime(String name) {
        String duration = "3" + System.nanoTime() % 1_000_000;

        assertThatThrownBy(
                        () ->
                                on(name).run(
                                                Command.of("sleep", duration)
                                                        .within(Duration.ofMillis(500))))
                .isInstanceOfSatisfying(
                        RunbookFailure.class, f -> assertThat(f.code()).isEqualTo("KR-HOST-004"));
        assertThat(on(name).run(Command.of("pgrep", "-fx", "sleep " + duration)).ok()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctl3", "ctl4"})
    void putsTenFilesWithOwnerAndMode(String name) {
        String folder = "/tmp/" + UUID.randomUUID();
        List<RemoteFile> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(new RemoteFile(folder + "/f" + i, "ä" + i, 0640, "root:daemon"));
        }

        on(name).put(files);

        assertThat(
                        on(name).run(
                                        Command.script(
                                                "cd \"$1\"; cat f*; stat -c %a:%U:%G f9", folder))
                                .out())
                .isEqualTo("ä0ä1ä2ä3ä4ä5ä6ä7ä8ä9640:root:daemon\n");
        on(name).run(Command.of("rm", "-r", "--", folder));
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsTheOldFile() {
        String folder = "/tmp/" + UUID.randomUUID();
        String mount = "mkdir \"$1\"; mount -t tmpfs -o size=64k tmpfs \"$1\"; echo old > \"$1/x\"";
        on("ctl4").run(Command.script(mount, folder));
        RemoteFile big = new RemoteFile(folder + "/x", "x".repeat(200_000), 0600, "root:root");

        assertThatThrownBy(() -> on("ctl4").put(List.of(big)))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-HOST-006");
                            assertThat(f.sentence()).contains("No space left on device");
                        });
        assertThat(on("ctl4").run(Command.script("cat \"$1\"/* \"$1\"/.??*", folder)).out())
                .isEqualTo("old\n");
        on("ctl4").run(Command.script("umount \"$1\" && rmdir \"$1\"", folder));
    }

    @Test
    void reachesAllHostsSideBySide() {
        List<Host> all = cluster.inventory().group("baremetal");

        assertThat(
                        new BoundedFanOut()
                                .all(
                                        all,
                                        h ->
                                                hosts.on(cluster, h)
                                                        .run(Command.of("hostname"))
                                                        .out()
                                                        .strip()))
                .allSatisfy((host, name) -> assertThat(name).isEqualTo(host.name()));
    }

    @Test
    void reachesAHostAndItsEngineThroughAJumpHost(@TempDir Path folder) throws IOException {
        Cluster behind = behind("ctl4", folder);
        Host ctl1 = behind.inventory().host("ctl1");
        String jump = cluster.inventory().host("ctl4").login().address();
        try (SshHosts through = new SshHosts();
                DockerEngines engines = new DockerEngines(through)) {
            CommandResult seen =
                    through.on(behind, ctl1)
                            .run(Command.of("sh", "-c", "hostname; echo \"$SSH_CONNECTION\""));

            assertThat(seen.out()).startsWith("ctl1\n" + jump + " ");
            assertThat(engines.on(behind, ctl1).info().version()).isNotEmpty();
        }
    }

    /** The lab's definition with this host as the only way to ctl1. */
    private static Cluster behind(String jump, Path folder) throws IOException {
        Path lab = Lab.up().clusterFolder();
        for (String file : List.of("globals.yml", "passwords.yml", "known_hosts")) {
            Files.copy(lab.resolve(file), folder.resolve(file));
        }
        String through =
                " ansible_ssh_common_args='-o ProxyJump=root@"
                        + cluster.inventory().host(jump).login().address()
                        + "'";
        Files.writeString(
                folder.resolve("multinode"),
                Files.readString(lab.resolve("multinode"))
                        .replaceFirst("(?m)^ctl1 .*$", "$0" + through));
        return new DefinedClusters(Map.of("lab", folder)).read("lab");
    }
}
