package kolla.runbooks.journal.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The journal on H2, the database of a first look. */
class H2JournalTest {

    private static JdbcConnectionPool database;

    @BeforeAll
    static void start() {
        database =
                JdbcConnectionPool.create(
                        "jdbc:h2:mem:journal;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
        database.setMaxConnections(20);
        JournalSchema.bringUp(database);
    }

    @AfterAll
    static void stop() {
        database.dispose();
    }

    @Nested
    class OfProbes extends ProbesContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }

    @Nested
    class OfRuns extends RunsContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }

    @Nested
    class OfLeases extends LeasesContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }

    @Nested
    class OfActions extends ActionsContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }

    @Nested
    class OfPlans extends PlansContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }

    @Nested
    class OfNodes extends NodesContract {
        @Override
        DataSource dataSource() {
            return database;
        }
    }
}
