package kolla.runbooks.probe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.mariadb.jdbc.Driver;

/**
 * Writes a row and reads it back through the virtual address. The kept connection is tried before
 * it is used and replaced when it is broken, and what breaks in the middle is done once more on a
 * new one: so oslo.db does it for the services. A new connection has no second try.
 */
final class SqlUse implements Use {

    private static final int CONNECT_MS = 2000;
    private static final int ANSWER_MS = 5000;
    private static final int TRY_SECONDS = 1;

    /** Where, as whom. */
    record Account(String address, int port, String schema, String user, String password) {
        @Override
        public String toString() {
            return "Account " + user + " at " + address + ":" + port;
        }
    }

    private final Account account;
    private final boolean keeping;
    private final int row;
    private final AtomicReference<Connection> connection = new AtomicReference<>();
    private long written;

    private SqlUse(Account account, boolean keeping) {
        this.account = account;
        this.keeping = keeping;
        this.row = keeping ? 1 : 2;
    }

    static SqlUse keeping(Account account) {
        return new SqlUse(account, true);
    }

    static SqlUse fresh(Account account) {
        return new SqlUse(account, false);
    }

    @Override
    public void once() throws SQLException {
        if (!keeping) {
            connect();
            try {
                writeAndRead();
            } finally {
                quit();
            }
            return;
        }
        if (!usable()) {
            close();
            connect();
        }
        try {
            writeAndRead();
        } catch (SQLException e) {
            if (!broken(e)) {
                throw e;
            }
            close();
            connect();
            writeAndRead();
        }
    }

    private boolean usable() throws SQLException {
        Connection kept = connection.get();
        return kept != null && kept.isValid(TRY_SECONDS);
    }

    /** Also an answer of a node that has left its cluster: such a connection is given up. */
    private static boolean broken(SQLException e) {
        boolean gone =
                e instanceof SQLNonTransientConnectionException
                        || e instanceof SQLTransientConnectionException
                        || Optional.ofNullable(e.getSQLState()).orElse("").startsWith("08");
        return gone || e.getErrorCode() == UNKNOWN_COMMAND;
    }

    /** {@code ER_UNKNOWN_COM_ERROR}: "WSREP has not yet prepared node for application use". */
    private static final int UNKNOWN_COMMAND = 1047;

    private void connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account.user());
        properties.setProperty("password", account.password());
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_MS));
        properties.setProperty("socketTimeout", String.valueOf(ANSWER_MS));
        String url =
                "jdbc:mariadb://"
                        + account.address()
                        + ":"
                        + account.port()
                        + "/"
                        + account.schema();
        // By itself the driver tries an address again and again.
        properties.setProperty("retriesAllDown", "1");
        connection.set(new Driver().connect(url, properties));
    }

    private void writeAndRead() throws SQLException {
        Connection open = connection.get();
        if (open == null) {
            throw new SQLNonTransientConnectionException("the connection was closed");
        }
        written++;
        try (PreparedStatement write =
                open.prepareStatement("REPLACE INTO probe (id, n) VALUES (?, ?)")) {
            write.setInt(1, row);
            write.setLong(2, written);
            write.executeUpdate();
        }
        try (PreparedStatement read = open.prepareStatement("SELECT n FROM probe WHERE id = ?")) {
            read.setInt(1, row);
            try (ResultSet rows = read.executeQuery()) {
                long seen = rows.next() ? rows.getLong(1) : -1;
                if (seen != written) {
                    throw new SQLException(
                            "wrote " + written + " and read " + (seen < 0 ? "nothing" : seen));
                }
            }
        }
    }

    /** Says good-bye to the server, which would log a warning otherwise. */
    private void quit() throws SQLException {
        Connection open = connection.getAndSet(null);
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        Connection open = connection.getAndSet(null);
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                // it was to be closed, and it is
            }
        }
    }
}
