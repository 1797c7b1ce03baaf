package kolla.runbooks.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where connections and transactions come from: either the caller's transaction, which the work
 * joins, or one of its own, which is committed before {@link #inTransaction} returns.
 */
public interface ConnectionSource {

    /** Work on a connection whose transaction somebody else ends. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Whatever the work throws undoes the transaction, and is thrown on. */
    <T> T inTransaction(Work<T> work) throws SQLException;
}
