package kolla.runbooks.app.engine;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;

/** What every session of the program needs, whatever the database's address says. */
final class SessionSettings implements BeanPostProcessor {

    private final Environment environment;

    SessionSettings(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
            if (pool.getJdbcUrl().startsWith("jdbc:postgresql:")) {
                ofPostgres(pool, NodeId.of(environment.getProperty("runbooks.node-id", "")));
            } else if (pool.getJdbcUrl().startsWith("jdbc:h2:")) {
                ofH2(pool);
            }
        }
        return bean;
    }

    /** Sessions carry the program's name, so that they can be ended when it is dead. */
    private static void ofPostgres(HikariDataSource pool, NodeId node) {
        pool.addDataSourceProperty("ApplicationName", DeadSessions.applicationName(node.value()));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
    }

    /**
     * By default H2 answers a repeated query from the last result until the table is marked as
     * changed, which it does a moment after the commit. In that moment one table is seen as it was
     * and another as it is: a run whose instance is gone, without its result.
     */
    static void ofH2(HikariDataSource pool) {
        pool.addDataSourceProperty("OPTIMIZE_REUSE_RESULTS", "FALSE");
    }
}
