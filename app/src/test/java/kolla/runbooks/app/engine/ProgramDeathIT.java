package kolla.runbooks.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a run when its program is killed, frozen or stopped. */
class ProgramDeathIT {

    private static final String TICKET = "T-1";
    private static final String BEGIN = "--trial.begin=" + TICKET;
    private static EmbeddedPostgres server;
    private static int databases;

    private Path folder;
    private String url;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException, IOException {
        // Kept after the test: what the programs said is the evidence when one fails.
        folder =
                Files.createTempDirectory(
                        Files.createDirectories(Path.of("target", "program-death")), "");
        databases++;
        String name = "trial" + databases;
        url = server.getJdbcUrl("postgres", name);
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
    }

    @Test
    void whenOneOfTwoIsKilledInMidStepTheOtherGoesOnWithin30Seconds() throws Exception {
        try (OtherProgram first = program("a", BEGIN);
                OtherProgram second = program("b")) {
            starting().until(() -> first.hasSaid("TRIAL BEGUN") && second.hasSaid("TRIAL READY"));
            second.openGate();

            Instant killed = Instant.now();
            first.kill();
            await().atMost(Duration.ofSeconds(40)).until(() -> second.hasSaid("TRIAL DONE"));

            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(30));
            assertThat(first.said()).doesNotContain("TRIAL ACTED");
            assertThat(actions()).containsExactly("a 1 BEGUN", "b 2 DONE");
            awaitTheUserTask();
        }
    }

    @Test
    void aKilledProgramGoesOnAtItsNextStart() throws Exception {
        try (OtherProgram first = program("a", BEGIN)) {
            starting().until(() -> first.hasSaid("TRIAL BEGUN"));
            first.openGate();
            first.kill();
        }

        try (OtherProgram again = program("a")) {
            starting().until(() -> again.hasSaid("TRIAL READY"));
            Instant started = Instant.now();
            await().until(() -> again.hasSaid("TRIAL DONE"));

            assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(5));
            awaitTheUserTask();
        }
    }

    @Test
    void aKilledProgramOnAnH2FileGoesOnAtItsNextStart() throws Exception {
        String home = "--runbooks.home=" + folder.resolve("home").toAbsolutePath();
        try (OtherProgram first = OtherProgram.start(folder, "a", home, BEGIN)) {
            starting().until(() -> first.hasSaid("TRIAL BEGUN"));
            first.openGate();
            first.kill();
        }

        try (OtherProgram again = OtherProgram.start(folder, "a", home)) {
            starting().until(() -> again.hasSaid("TRIAL READY"));
            await().until(() -> again.hasSaid("TRIAL DONE"));
            again.terminate();
            starting().until(again::hasEnded);
        }

        url = "jdbc:h2:file:" + folder.resolve("home/runbooks").toAbsolutePath() + ";USER=sa";
        assertThat(actions()).containsExactly("a 1 BEGUN", "a 2 DONE");
    }

    @Test
    void aFrozenProgramIsReplacedAndItsLateOutcomeIsRefused() throws Exception {
        try (OtherProgram first = program("a", BEGIN);
                OtherProgram second = program("b")) {
            starting().until(() -> first.hasSaid("TRIAL BEGUN") && second.hasSaid("TRIAL READY"));
            second.openGate();

            first.freeze();
            await().atMost(Duration.ofSeconds(40)).until(() -> second.hasSaid("TRIAL DONE"));
            first.openGate();
            first.wake();
            await().atMost(Duration.ofSeconds(40)).until(() -> first.hasSaid("has joined again"));

            assertThat(first.said()).contains("was declared dead").doesNotContain("TRIAL DONE");
            assertThat(actions()).containsExactly("a 1 BEGUN", "b 2 DONE");
            assertThat(
                            rows(
                                    "select node_id || case when left_at is null then ' lives' else"
                                            + " '' end from kr_node order by node_id"))
                    .containsExactly("a lives", "b lives");
            awaitTheUserTask();
        }
    }

    @Test
    void aStoppedProgramHandsOverAtOnce() throws Exception {
        try (OtherProgram first = program("a", BEGIN, "--runbooks.engine.stop-grace=2s");
                OtherProgram second = program("b")) {
            starting().until(() -> first.hasSaid("TRIAL BEGUN") && second.hasSaid("TRIAL READY"));
            second.openGate();

            first.terminate();
            starting().until(first::hasEnded);
            Instant ended = Instant.now();
            await().until(() -> second.hasSaid("TRIAL DONE"));

            assertThat(Duration.between(ended, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(first.said()).contains("TRIAL INTERRUPTED").contains("has left");
            assertThat(actions()).containsExactly("a 1 FAILED", "b 2 DONE");
            assertThat(rows("select id_ from act_ru_incident")).isEmpty();
            awaitTheUserTask();
        }
    }

    @Test
    void aStoppedProgramLetsItsStepEnd() throws Exception {
        try (OtherProgram first = program("a", BEGIN)) {
            starting().until(() -> first.hasSaid("TRIAL BEGUN"));

            first.terminate();
            starting().until(() -> first.hasSaid("Shutting down the JobExecutor"));
            first.openGate();
            starting().until(first::hasEnded);

            assertThat(actions()).containsExactly("a 1 DONE");
            awaitTheUserTask();
        }
    }

    /** Two that make the tables of one database at the same moment trip over each other. */
    @Test
    void aProgramMakesNoTableWhileAnotherIsStarting() throws Exception {
        try (var other = DriverManager.getConnection(url);
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(" + StartLock.NUMBER + ")");
            try (OtherProgram program = program("a")) {
                starting().until(() -> program.hasSaid("another program is starting"));
                assertThat(rows("select tablename from pg_tables where schemaname = 'public'"))
                        .isEmpty();

                statement.execute("select pg_advisory_unlock(" + StartLock.NUMBER + ")");
                starting().until(() -> program.hasSaid("TRIAL READY"));
            }
        }
    }

    private OtherProgram program(String node, String... more) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--spring.datasource.url=" + url,
                                "--spring.datasource.username=postgres"));
        settings.addAll(List.of(more));
        return OtherProgram.start(folder, node, settings.toArray(String[]::new));
    }

    /** A virtual machine starts in five seconds, on a busy machine in a minute. */
    private static ConditionFactory starting() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
    }

    private void awaitTheUserTask() {
        await().until(() -> rows("select name_ from act_ru_task").size() == 1);
    }

    private List<String> actions() throws SQLException {
        return rows("select node_id || ' ' || attempt || ' ' || state from kr_action order by seq");
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var columns = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (columns.next()) {
                rows.add(columns.getString(1));
            }
            return rows;
        }
    }
}
