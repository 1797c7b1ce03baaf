package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two programs as they are shipped on one PostgreSQL, and real hosts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class TwoProgramsIT {

    private static final Duration CHANGE = Duration.ofMinutes(5);
    private static final Duration TAKE_OVER = Duration.ofSeconds(30);

    private Lab lab;
    private EmbeddedPostgres database;
    private ProgramUnderTest one;
    private ProgramUnderTest two;

    @BeforeAll
    void start() throws IOException {
        lab = Lab.up();
        lab.run("mend", "all");
        database = EmbeddedPostgres.start();
        one = program("one", 18081);
        two = program("two", 18082);
        one.start();
        two.start();
        new LabCluster(lab).deployed(one, "STANDS");
    }

    private ProgramUnderTest program(String name, int port) throws IOException {
        return ProgramUnderTest.of(lab, "two-programs-it-" + name, port)
                .with("runbooks.node-id", name)
                .with("spring.datasource.url", database.getJdbcUrl("postgres", "postgres"))
                .with("spring.datasource.username", "postgres");
    }

    @AfterAll
    void stop() throws IOException {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void whenTheOneThatWorksIsKilledInMidActionTheOtherBringsTheRunToItsEnd() throws Exception {
        try (ConfigOverride keystone =
                        ConfigOverride.of(
                                lab, "keystone.conf", "[DEFAULT]\nmax_token_size = 301\n");
                ConfigOverride balancer =
                        ConfigOverride.ofGlobals(lab, "haproxy_max_connections: \"3900\"\n")) {
            String run = one.deploy("KILLED");
            one.approve(run);
            String dies = whoActs(run, "convergeBatch/keystone", "ctl2");
            ProgramUnderTest killed = dies.equals("one") ? one : two;
            ProgramUnderTest other = dies.equals("one") ? two : one;
            long fence = Long.parseLong(rows("select fence from kr_lease").get(0));
            long begun = other.stepsBegun(run);

            killed.kill();
            Instant death = Instant.now();
            Awaitility.await("the other program goes on")
                    .atMost(TAKE_OVER)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> other.stepsBegun(run) > begun);
            System.out.println(
                    "taken over after "
                            + Duration.between(death, Instant.now()).toMillis()
                            + " ms, between begun and DONE were "
                            + rows(
                                    "select host || ' ' || action from kr_action where state ="
                                            + " 'BEGUN'"));
            other.await(run, CHANGE, "SUCCEEDED");

            assertThat(other.doneMoreThanOnce(run)).as("actions completed twice").isEmpty();
            assertThat(Long.parseLong(rows("select fence from kr_lease").get(0)))
                    .isGreaterThan(fence);
            assertThat(rows("select distinct node_id from kr_action where run_id = ?", run))
                    .containsExactlyInAnyOrder("one", "two");
            assertThat(rows("select run_id from kr_lease where run_id is not null")).isEmpty();
        }
    }

    /** The program that is in an action of this step on this host, as soon as one is. */
    private String whoActs(String run, String step, String host) {
        AtomicReference<String> who = new AtomicReference<>();
        Awaitility.await(step + " acts on " + host)
                .atMost(CHANGE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            rows(
                                            "select node_id from kr_action where state = 'BEGUN'"
                                                    + " and run_id = ? and step = ? and host = ?",
                                            run,
                                            step,
                                            host)
                                    .forEach(who::set);
                            return who.get() != null;
                        });
        return who.get();
    }

    private List<String> rows(String sql, String... values) throws SQLException {
        try (var connection = database.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet columns = statement.executeQuery()) {
                while (columns.next()) {
                    rows.add(columns.getString(1));
                }
            }
            return rows;
        }
    }
}
