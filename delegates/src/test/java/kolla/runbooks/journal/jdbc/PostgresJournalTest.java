package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.RunId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The journal on PostgreSQL, the database of everything else. */
class PostgresJournalTest {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        JournalSchema.bringUp(server.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Nested
    class OfProbes extends ProbesContract {
        @Override
        DataSource dataSource() {
            return server.getPostgresDatabase();
        }
    }

    @Nested
    class OfRuns extends RunsContract {
        @Override
        DataSource dataSource() {
            return server.getPostgresDatabase();
        }
    }

    @Nested
    class OfLeases extends LeasesContract {
        @Override
        DataSource dataSource() {
            return server.getPostgresDatabase();
        }
    }

    @Nested
    class OfActions extends ActionsContract {
        @Override
        DataSource dataSource() {
            return server.getPostgresDatabase();
        }
    }

    @Nested
    class OfPlans extends PlansContract {
        @Override
        DataSource dataSource() {
            return server.getPostgresDatabase();
        }
    }

    @Nested
    class OfNodes extends NodesContract {
        @Override
        DataSource dataSource() {
            return server.getPostgresDatabase();
        }
    }

    @Test
    void theDatabaseItselfRefusesToChangeADecision() throws SQLException {
        ConnectionSource own = new OwnTransactions(server.getPostgresDatabase());
        new JdbcPlans(own, new DatabaseClock(own))
                .decided(new Approval(new RunId("r"), "aa", "ann", false, "", Instant.now()));

        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(
                            () -> statement.executeUpdate("update kr_approval set approved = true"))
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> statement.executeUpdate("delete from kr_approval"))
                    .hasMessageContaining("append-only");
        }
    }
}
