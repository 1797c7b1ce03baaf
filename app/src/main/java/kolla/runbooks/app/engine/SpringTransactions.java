package kolla.runbooks.app.engine;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import kolla.runbooks.journal.jdbc.ConnectionSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Joins the transaction that the engine or a REST call is in, or begins one. */
final class SpringTransactions implements ConnectionSource {

    private final DataSource dataSource;
    private final TransactionTemplate transaction;

    SpringTransactions(DataSource dataSource, PlatformTransactionManager transactions) {
        this.dataSource = dataSource;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public <T> T inTransaction(Work<T> work) throws SQLException {
        try {
            return transaction.execute(status -> onItsConnection(work));
        } catch (Carried carried) {
            throw carried.failure;
        }
    }

    private <T> T onItsConnection(Work<T> work) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new Carried(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Takes an SQL failure through Spring's template, which lets only unchecked ones pass. */
    private static final class Carried extends RuntimeException {
        private final transient SQLException failure;

        Carried(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
