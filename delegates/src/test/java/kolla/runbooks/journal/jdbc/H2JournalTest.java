package kolla.runbooks.journal.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The journal on H2, the database of a first look. */
class H2JournalTest extends JournalContract {

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

    @Override
    DataSource dataSource() {
        return database;
    }
}
