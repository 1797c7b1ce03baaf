package kolla.runbooks.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way to a host promises. The host shares this machine's files and processes. */
public abstract class HostConnectionContract {

    @TempDir protected Path folder;

    protected abstract HostConnection connection();

    @Test
    void tellsOutputsAndExitCodeApart() {
        CommandResult result = connection().run(sh("echo out; echo err >&2; exit 7"));

        assertThat(result).isEqualTo(new CommandResult(7, "out\n", "err\n", false));
    }

    @Test
    void handsArgumentsOverUnchanged() {
        List<String> odd =
                List.of("printf", "%s\\n", "a b", "", "it's", "$HOME `id`", "-n", "ä\n*", "\\");

        assertThat(connection().run(Command.of(odd.toArray(String[]::new))).out())
                .isEqualTo("a b\n\nit's\n$HOME `id`\n-n\nä\n*\n\\\n");
    }

    @Test
    void handsEnvironmentAndInputOverUnchanged() {
        Map<String, String> environment = Map.of("A", "x'y\n\"z\" $B", "B_1", "é\u0081\u0088");
        Command command =
                sh("printf '%s|%s|' \"$A\" \"$B_1\"; cat").with(environment).reading("in\nput");

        assertThat(connection().run(command).out())
                .isEqualTo("x'y\n\"z\" $B|é\u0081\u0088|in\nput");
    }

    @Test
    void showsNoValueOfTheEnvironmentInAnyArgumentVector() {
        Command command =
                sh("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; printenv TOKEN")
                        .with(Map.of("TOKEN", "hidden-" + "value-4711"));

        assertThat(connection().run(command).out()).containsOnlyOnce("hidden-value-4711");
    }

    @Test
    void runsScriptsWithPositionalArguments() {
        assertThat(connection().run(Command.script("echo \"<$1>\"; cat", "a b")).out())
                .isEqualTo("<a b>\n");
    }

    @Test
    void saysWhichSignalEndedTheProgram() {
        assertThat(connection().run(sh("kill -KILL $$")).exit()).isEqualTo(128 + 9);
    }

    @Test
    void drainsFiveMegabytesOfErrorsWithoutStalling() {
        CommandResult result =
                connection().run(sh("head -c 5000000 /dev/zero | tr '\\0' e >&2; echo done"));

        assertThat(result.out()).isEqualTo("done\n");
        assertThat(result.err()).hasSize(4 * 1024 * 1024);
        assertThat(result.truncated()).isTrue();
    }

    @Test
    void feedsMoreInputThanAnyWindowHolds() {
        String input = "0123456789abcde\n".repeat(400_000);

        assertThat(connection().run(Command.of("wc", "-c").reading(input)).out().strip())
                .isEqualTo("6400000");
    }

    /** The rest that fits into no window any more must not be lost when the input is closed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5_000, 30_000, 100_000})
    void keepsTheLastWordsForAProgramThatReadsLate(int more) {
        String input = "x".repeat((2 << 20) + more);

        assertThat(connection().run(sh("sleep 0.3; wc -c").reading(input)).out().strip())
                .isEqualTo(String.valueOf(input.length()));
    }

    @Test
    void goesOnWhenTheProgramLeavesItsInputUnread() {
        String input = "x".repeat(100_000);

        assertThat(connection().run(Command.of("true").reading(input)).ok()).isTrue();
    }

    @Test
    void endsTheProgramOnTheHostWhenItsTimeIsOver() {
        Command command = sleeper("timeout").within(Duration.ofMillis(500));

        assertThatThrownBy(() -> connection().run(command))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-HOST-004");
                            assertThat(f.remedy()).isEqualTo(Remedy.RETRY);
                        });
        assertGone("timeout");
    }

    @Test
    void endsTheProgramOnTheHostWhenTheCallerIsInterrupted() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller =
                new Thread(
                        () -> {
                            try {
                                connection().run(sleeper("cancel"));
                            } catch (RunbookFailure e) {
                                thrown.set(e);
                                interrupted.set(Thread.currentThread().isInterrupted());
                            }
                        });
        caller.start();
        await().until(() -> Files.exists(folder.resolve("cancel")));
        caller.interrupt();
        caller.join(20_000);

        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        RunbookFailure.class, f -> assertThat(f.code()).isEqualTo("KR-HOST-008"));
        assertThat(interrupted.get()).isTrue();
        assertGone("cancel");
    }

    @Test
    void runsThirtyCommandsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(30);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<String>> results =
                IntStream.range(0, 30)
                        .mapToObj(
                                i ->
                                        threads.submit(
                                                () -> {
                                                    go.await();
                                                    return connection()
                                                            .run(sh("sleep 0.1; echo " + i))
                                                            .out();
                                                }))
                        .toList();
        go.countDown();

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).get()).isEqualTo(i + "\n");
        }
        threads.shutdown();
    }

    @Test
    void putsFilesWholeWithOwnerAndModeAndMakesTheirFolders() throws Exception {
        Path file = folder.resolve("a b/c/x.conf");

        connection()
                .put(List.of(file(file, "häßlich\n", 0640), file(folder.resolve("y"), "", 0600)));

        assertThat(file).hasContent("häßlich\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwxrwx---");
        assertThat(folder.resolve("y")).isEmptyFile();
    }

    @Test
    void replacesAFileWithoutEverShowingHalfOfIt() throws Exception {
        Path file = folder.resolve("big");
        String one = "1".repeat(300_000);
        String two = "2".repeat(300_000);
        connection().put(List.of(file(file, one, 0600)));
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 5; i++) {
                                connection().put(List.of(file(file, i % 2 == 0 ? two : one, 0600)));
                            }
                        });
        int seen = 0;
        while (!writer.isDone()) {
            assertThat(Files.readString(file)).isIn(one, two);
            seen++;
        }
        writer.get();

        assertThat(seen).isPositive();
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void leavesAllFilesAsTheyWereWhenOneCannotBeWritten() throws Exception {
        Path good = folder.resolve("good");
        Files.writeString(good, "before");
        RemoteFile bad = file(Path.of("/proc/kolla/x"), "x", 0600);

        assertThatThrownBy(() -> connection().put(List.of(file(good, "after", 0600), bad)))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        f -> {
                            assertThat(f.code()).isEqualTo("KR-HOST-006");
                            assertThat(f.remedy()).isEqualTo(Remedy.PERSON);
                            assertThat(f.sentence()).contains("/proc/kolla/x");
                        });
        assertThat(good).hasContent("before");
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(good);
        }
    }

    protected static Command sh(String script, String... arguments) {
        List<String> argv = new java.util.ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return Command.of(argv.toArray(String[]::new));
    }

    /** Writes its process id into a file of that name, and has a child that lasts as long. */
    private Command sleeper(String name) {
        return sh("sleep 300 & echo $$ $! > \"$1\"; wait", folder.resolve(name).toString());
    }

    private void assertGone(String name) {
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                List.of(Files.readString(folder.resolve(name)).strip().split(" "))
                                        .stream()
                                        .noneMatch(HostConnectionContract::isRunning));
    }

    private static boolean isRunning(String pid) {
        try {
            return !Files.readString(Path.of("/proc", pid, "stat")).contains(") Z");
        } catch (IOException e) {
            return false;
        }
    }

    private static RemoteFile file(Path path, String content, int mode) {
        return new RemoteFile(path.toString(), content, mode, owner());
    }

    private static String owner() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
