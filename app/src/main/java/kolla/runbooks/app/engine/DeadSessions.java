package kolla.runbooks.app.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import kolla.runbooks.journal.Nodes.Sign;
import kolla.runbooks.journal.jdbc.ConnectionSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a dead program's sessions in PostgreSQL. A program that was frozen in the middle of a
 * transaction keeps its row locks, and whoever buries it would wait for them for ever. Sessions are
 * told apart by their application name; those of a program that has just been started again under
 * the same name are younger than the dead one's last beat.
 */
final class DeadSessions {

    private static final Logger LOG = LoggerFactory.getLogger(DeadSessions.class);
    private static final Duration SLACK = Duration.ofSeconds(3);
    private static final String END =
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name ="
                    + " ? and usename = current_user and datname = current_database() and pid <>"
                    + " pg_backend_pid() and backend_start < ?";

    private final ConnectionSource own;

    DeadSessions(ConnectionSource own) {
        this.own = own;
    }

    /** The name that a program's sessions carry. */
    static String applicationName(String node) {
        return "runbooks " + node;
    }

    void end(Sign dead) {
        try {
            own.inTransaction(c -> end(c, dead));
        } catch (SQLException e) {
            // Without the right to do so the burial waits for the locks, and is tried again.
            LOG.warn("sessions of {} could not be ended: {}", dead.incarnation(), e.getMessage());
        }
    }

    private static boolean end(Connection c, Sign dead) throws SQLException {
        if (!"PostgreSQL".equals(c.getMetaData().getDatabaseProductName())) {
            return false;
        }
        try (PreparedStatement statement = c.prepareStatement(END)) {
            statement.setString(1, applicationName(dead.incarnation().node()));
            statement.setTimestamp(2, Timestamp.from(dead.lastBeat().plus(SLACK)));
            return statement.execute();
        }
    }
}
