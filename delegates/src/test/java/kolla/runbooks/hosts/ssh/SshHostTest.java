package kolla.runbooks.hosts.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.HostConnectionContract;
import kolla.runbooks.hosts.RemoteFile;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Login;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshHostTest extends HostConnectionContract {

    @TempDir Path serverFolder;
    private TestSshServer server;
    private SshHosts hosts;

    @BeforeEach
    void start() throws IOException {
        server = new TestSshServer(serverFolder);
        hosts =
                new SshHosts(
                        new SshSettings(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                5,
                                8,
                                4,
                                4 * 1024 * 1024,
                                Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() throws IOException {
        hosts.close();
        server.close();
    }

    @Override
    protected HostConnection connection() {
        return hosts.on(server.cluster(), server.host());
    }

    private HostConnection connection(Login login) {
        return hosts.on(server.cluster(), server.host(login));
    }

    @Test
    void keepsOneConnectionForManyCommands() {
        for (int i = 0; i < 5; i++) {
            connection().run(Command.of("true"));
        }

        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void refusesAHostWhoseKeyIsNotPinned() throws IOException {
        Files.writeString(server.knownHosts(), "");

        assertFails(
                () -> connection().run(Command.of("true")),
                "KR-HOST-003",
                Remedy.PERSON,
                f ->
                        assertThat(f.sentence())
                                .contains("is not pinned", "expected no key pinned", "SHA256:"));
        assertThat(server.logins()).isZero();
    }

    @Test
    void refusesAHostWhoseKeyHasChanged() {
        server.useHostKey(TestSshServer.newKey());

        assertFails(
                () -> connection().run(Command.of("true")),
                "KR-HOST-003",
                Remedy.PERSON,
                f ->
                        assertThat(f.sentence())
                                .contains("changed")
                                .matches(
                                        "(?s).*expected ecdsa\\S+ SHA256:.*got ecdsa\\S+"
                                                + " SHA256:.*"));
    }

    @Test
    void refusesARevokedKeyThoughItIsPinnedToo() throws IOException {
        String pinned = Files.readString(server.knownHosts());
        Files.writeString(server.knownHosts(), pinned + "@revoked " + pinned);

        assertFails(
                () -> connection().run(Command.of("true")),
                "KR-HOST-003",
                Remedy.PERSON,
                f -> assertThat(f.sentence()).contains("is revoked"));
    }

    @Test
    void acceptsAKeyPinnedUnderTheInventorysName() throws IOException {
        Files.writeString(
                server.knownHosts(), "[ctl1]:" + server.port() + " " + server.hostKey() + "\n");

        assertThat(connection().run(Command.of("true")).ok()).isTrue();
    }

    @Test
    void namesTheMissingFileOfPinnedKeys() throws IOException {
        Files.delete(server.knownHosts());

        assertFails(
                () -> connection().run(Command.of("true")),
                "KR-HOST-003",
                Remedy.PERSON,
                f -> assertThat(f.sentence()).contains(server.knownHosts().toString()));
    }

    @Test
    void saysThatTheKeyIsRefused() throws IOException {
        try (TestSshServer other = new TestSshServer(folder)) {
            Login wrong = withKey(server.login(), other.clientKeyFile());

            assertFails(
                    () -> connection(wrong).run(Command.of("true")),
                    "KR-HOST-002",
                    Remedy.PERSON,
                    f -> assertThat(f.sentence()).contains(other.clientKeyFile().toString()));
        }
    }

    @Test
    void saysThatThePrivateKeyIsMissing() {
        Login wrong = withKey(server.login(), folder.resolve("no-such-key"));

        assertFails(
                () -> connection(wrong).run(Command.of("true")),
                "KR-HOST-002",
                Remedy.PERSON,
                f -> assertThat(f.sentence()).contains("no-such-key"));
    }

    @Test
    void saysThatTheHostIsNotThere() throws IOException {
        server.close();

        assertFails(
                () -> connection().run(Command.of("true")),
                "KR-HOST-001",
                Remedy.RETRY,
                f -> assertThat(f.host()).contains("ctl1"));
    }

    @Test
    void failsWhenTheConnectionBreaksInMidCommandAndReconnectsAtTheNext() {
        Path begun = folder.resolve("begun");
        CompletableFuture<Void> running =
                CompletableFuture.runAsync(
                        () -> connection().run(sh("touch \"$1\"; sleep 3", begun.toString())));
        await().until(() -> Files.exists(begun));
        server.dropConnections();

        assertThatThrownBy(running::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-HOST-001");
                            assertThat(f.remedy()).isEqualTo(Remedy.RETRY);
                        });
        assertThat(connection().run(Command.of("true")).ok()).isTrue();
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void reconnectsUnseenWhenTheConnectionBrokeWhileIdle() {
        connection().run(Command.of("true"));
        server.dropConnections();

        assertThat(connection().run(Command.of("true")).ok()).isTrue();
    }

    @Test
    void opensAnewAfterForgetting() {
        HostConnection connection = connection();
        connection.run(Command.of("true"));
        hosts.forget(server.cluster());

        assertThat(connection.run(Command.of("true")).ok()).isTrue();
        assertThat(server.logins()).isEqualTo(2);
    }

    @Test
    void goesThroughAJumpHost() throws IOException {
        try (TestSshServer jump = new TestSshServer(folder)) {
            Files.copy(
                    server.clientKeyFile(),
                    jump.clientKeyFile(),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            jump.server().setPublickeyAuthenticator((user, key, session) -> true);
            Files.writeString(
                    server.knownHosts(),
                    Files.readString(server.knownHosts()) + Files.readString(jump.knownHosts()));

            assertThat(through(jump).run(Command.of("echo", "hi")).out()).isEqualTo("hi\n");
            assertThat(jump.logins()).isEqualTo(1);
        }
    }

    @Test
    void refusesAJumpHostThatIsNotPinned() throws IOException {
        try (TestSshServer jump = new TestSshServer(folder)) {
            assertFails(
                    () -> through(jump).run(Command.of("true")),
                    "KR-HOST-003",
                    Remedy.PERSON,
                    f -> assertThat(f.sentence()).contains("127.0.0.1:" + jump.port()));
        }
    }

    private HostConnection through(TestSshServer jump) {
        Login l = server.login();
        return connection(
                new Login(
                        l.address(),
                        l.port(),
                        l.user(),
                        false,
                        l.privateKey(),
                        Optional.of("jumper@127.0.0.1:" + jump.port())));
    }

    @Test
    void runsUnderSudoWhereTheLoginNeedsIt() throws IOException {
        server.program("sudo", "echo \"$1 $2 $3\" > \"$0.args\"; shift 3; SUDO=yes exec \"$@\"");
        Command command = sh("echo $SUDO $A").with(java.util.Map.of("A", "b"));

        assertThat(connection(server.sudoLogin()).run(command).out()).isEqualTo("yes b\n");
        assertThat(serverFolder.resolve("bin/sudo.args")).hasContent("-n -H --\n");
    }

    @Test
    void saysThatSudoRefuses() throws IOException {
        server.program("sudo", "echo 'sudo: a password is required' >&2; exit 1");

        assertFails(
                () -> connection(server.sudoLogin()).run(Command.of("true")),
                "KR-HOST-005",
                Remedy.PERSON,
                f -> assertThat(f.evidence()).contains("sudo: a password is required"));
    }

    @Test
    void takesNothingThatAProfilePrintsForOutput() throws IOException {
        server.program("sudo", "echo 'Welcome to ctl1!'; shift 3; exec \"$@\"");

        assertThat(connection(server.sudoLogin()).run(Command.of("echo", "x")).out())
                .isEqualTo("x\n");
    }

    @Test
    void saysThatTheDiskIsFullAndLeavesNothingBehind() throws IOException {
        server.program("head", "echo 'head: write error: No space left on device' >&2; exit 1");
        RemoteFile file = new RemoteFile(folder.resolve("x").toString(), "text", 0600, "0:0");

        assertFails(
                () -> connection().put(List.of(file)),
                "KR-HOST-006",
                Remedy.PERSON,
                f -> assertThat(f.sentence()).contains(file.path(), "No space left on device"));
        try (var names = Files.list(folder)) {
            assertThat(names).isEmpty();
        }
    }

    @Test
    void changesNothingWhenTheContentArrivesCutShort() throws IOException {
        server.program("sudo", "shift 3; head -c 5 | \"$@\"");
        RemoteFile file = new RemoteFile(folder.resolve("x").toString(), "long text", 0600, "0:0");

        assertFails(
                () -> connection(server.sudoLogin()).put(List.of(file)),
                "KR-HOST-001",
                Remedy.RETRY,
                f -> {});
        try (var names = Files.list(folder)) {
            assertThat(names).isEmpty();
        }
    }

    @Test
    void sharesOneFailureAmongThoseWhoWaitForTheSameConnection() throws IOException {
        Host silent = server.host(withPort(server.login(), silentPort()));
        SshSettings impatient =
                new SshSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        5,
                        8,
                        4,
                        1024,
                        Duration.ofSeconds(1));
        long start = System.nanoTime();
        try (SshHosts hurried = new SshHosts(impatient)) {
            var calls =
                    java.util.stream.IntStream.range(0, 10)
                            .mapToObj(
                                    i ->
                                            CompletableFuture.runAsync(
                                                    () ->
                                                            hurried.on(server.cluster(), silent)
                                                                    .run(Command.of("true")),
                                                    task -> new Thread(task).start()))
                            .toList();
            for (CompletableFuture<Void> call : calls) {
                assertThatThrownBy(call::join).hasMessageContaining("KR-HOST-001");
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    /** A port that accepts and never says a word. */
    private static int silentPort() throws IOException {
        java.net.ServerSocket socket = new java.net.ServerSocket(0, 50);
        return socket.getLocalPort();
    }

    private static Login withKey(Login l, Path key) {
        return new Login(l.address(), l.port(), l.user(), l.become(), Optional.of(key), l.jump());
    }

    private static Login withPort(Login l, int port) {
        return new Login(l.address(), port, l.user(), l.become(), l.privateKey(), l.jump());
    }

    private static void assertFails(
            ThrowingCallable call, String code, Remedy remedy, Consumer<RunbookFailure> more) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo(code);
                            assertThat(f.remedy()).isEqualTo(remedy);
                            more.accept(f);
                        });
    }
}
