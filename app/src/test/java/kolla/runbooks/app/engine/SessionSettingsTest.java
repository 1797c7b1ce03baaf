package kolla.runbooks.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import kolla.runbooks.journal.jdbc.ConnectionSource;
import kolla.runbooks.journal.jdbc.OwnTransactions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** What is seen of a run that ends, in the two tables that say where it stands. */
class SessionSettingsTest {

    private static final int RUNS = 150;

    @TempDir Path folder;

    private final AtomicInteger run = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void whoeverSeesThatAnInstanceIsGoneSeesTheRunsResultAfterwards() throws Exception {
        ExecutorService eyes = Executors.newFixedThreadPool(2);
        try (HikariDataSource database = database()) {
            inTransaction(database, "create table run (id int primary key, result varchar)");
            inTransaction(database, "create table instance (id int primary key)");

            Future<Integer> one = eyes.submit(() -> looksWithoutResult(database));
            Future<Integer> another = eyes.submit(() -> looksWithoutResult(database));
            for (int id = 1; id <= RUNS; id++) {
                inTransaction(
                        database,
                        "insert into run values (" + id + ", null)",
                        "insert into instance values (" + id + ")");
                run.set(id);
                inTransaction(
                        database,
                        "update run set result = 'SUCCEEDED' where id = " + id,
                        "delete from instance where id = " + id);
            }
            over.set(true);

            assertThat(one.get() + another.get()).as("looks at a run without result").isZero();
        } finally {
            over.set(true);
            eyes.shutdownNow();
        }
    }

    /** A database file as the program has by default. */
    private HikariDataSource database() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl("jdbc:h2:async:" + folder.resolve("runs") + ";WRITE_DELAY=0");
        database.setUsername("sa");
        database.setMaximumPoolSize(4);
        new SessionSettings(new MockEnvironment())
                .postProcessBeforeInitialization(database, "dataSource");
        return database;
    }

    /** Looks as the program does: the run, its instance, and when that is gone the run again. */
    private int looksWithoutResult(DataSource database) throws SQLException {
        ConnectionSource look = new OwnTransactions(database);
        int without = 0;
        while (!over.get()) {
            int id = run.get();
            boolean known = look.inTransaction(c -> there(c, "select * from run where id = ?", id));
            if (known
                    && !look.inTransaction(c -> there(c, "select * from instance where id = ?", id))
                    && !look.inTransaction(c -> hasResult(c, id))) {
                without++;
            }
        }
        return without;
    }

    private static boolean there(Connection connection, String sql, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static boolean hasResult(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select * from run where id = ?")) {
            statement.setInt(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getString("result") != null;
            }
        }
    }

    private static void inTransaction(DataSource database, String... statements)
            throws SQLException {
        new OwnTransactions(database)
                .inTransaction(
                        c -> {
                            for (String sql : statements) {
                                try (PreparedStatement statement = c.prepareStatement(sql)) {
                                    statement.execute();
                                }
                            }
                            return true;
                        });
    }
}
