package kolla.runbooks.app.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Connections of the journal and the heartbeat, apart from the engine's: a running step holds one
 * of the engine's for as long as it takes, and neither its log lines nor the sign that this program
 * lives may wait for another.
 */
final class JournalPool implements AutoCloseable {

    /** Journal transactions take milliseconds, so a few connections serve many threads. */
    private static final int CONNECTIONS = 6;

    private final DataSource dataSource;
    private final AutoCloseable end;

    private JournalPool(DataSource dataSource, AutoCloseable end) {
        this.dataSource = dataSource;
        this.end = end;
    }

    /** To the same database as the engine's pool; that pool itself where it is none of Hikari's. */
    static JournalPool beside(DataSource engines) {
        HikariDataSource original;
        try {
            if (!engines.isWrapperFor(HikariDataSource.class)) {
                return new JournalPool(engines, () -> {});
            }
            original = engines.unwrap(HikariDataSource.class);
        } catch (SQLException e) {
            throw new IllegalStateException("the engine's pool could not be looked at", e);
        }
        HikariConfig config = new HikariConfig();
        original.copyStateTo(config);
        config.setPoolName("journal");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(5_000);
        if (config.getJdbcUrl() != null && config.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            // A heartbeat that hangs on a broken connection would count as death.
            config.addDataSourceProperty("socketTimeout", "10");
            config.setConnectionInitSql("set lock_timeout = '8s'");
        }
        HikariDataSource own = new HikariDataSource(config);
        return new JournalPool(own, own);
    }

    DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() throws Exception {
        end.close();
    }
}
