package kolla.runbooks.app.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets programs on one PostgreSQL start one after another, from before the first table is made
 * until everything is up: neither the engine nor Flyway (its first look at an empty database) makes
 * its tables under a lock of its own, and two programs that start on one would trip over each
 * other. The lock is the session's, so it ends with its program. An H2 file has only one program.
 */
final class StartLock implements SmartLifecycle, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartLock.class);
    static final long NUMBER = 4_202_611_001L;
    private static final long GLANCE = 250_000_000;

    private final DataSource dataSource;
    private Connection holder;

    private StartLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Waits until no other program is starting; the caller's own until its context is up. */
    static StartLock take(DataSource dataSource) {
        StartLock lock = new StartLock(dataSource);
        lock.take();
        return lock;
    }

    private synchronized void take() {
        try {
            holder = dataSource.getConnection();
            if (!"PostgreSQL".equals(holder.getMetaData().getDatabaseProductName())) {
                return;
            }
            boolean waited = false;
            // Asked again and again instead of waited for: the pool's connections time out.
            while (!asked("select pg_try_advisory_lock(" + NUMBER + ")")) {
                if (!waited) {
                    LOG.info("another program is starting on this database; waiting for it");
                    waited = true;
                }
                LockSupport.parkNanos(GLANCE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be locked for the start", e);
        }
    }

    @Override
    public void start() {
        close();
    }

    @Override
    public void stop() {
        close();
    }

    @Override
    public synchronized boolean isRunning() {
        return holder == null;
    }

    @Override
    public synchronized void close() {
        if (holder == null) {
            return;
        }
        try (Connection ending = holder) {
            if ("PostgreSQL".equals(ending.getMetaData().getDatabaseProductName())) {
                asked("select pg_advisory_unlock(" + NUMBER + ")");
            }
        } catch (SQLException e) {
            LOG.warn("the lock of the start could not be given back: {}", e.getMessage());
        } finally {
            holder = null;
        }
    }

    private boolean asked(String question) throws SQLException {
        try (Statement statement = holder.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
