package kolla.runbooks.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import kolla.runbooks.journal.RunId;

/** Appends to a run's log. */
final class RunLog {

    private RunLog() {}

    /** The lock on the log's end, held until the transaction ends, keeps the lines in order. */
    static void append(Connection c, RunId run, String step, String host, String level, String line)
            throws SQLException {
        int moved =
                Database.update(
                        c, "update kr_log_end set seq = seq + 1 where run_id = ?", run.value());
        if (moved == 0) {
            Database.update(c, "insert into kr_log_end (run_id, seq) values (?, 1)", run.value());
        }
        Database.update(
                c,
                "insert into kr_log (run_id, seq, at, step, host, level, line) select run_id, seq,"
                        + " current_timestamp, cast(? as varchar), cast(? as varchar), cast(? as"
                        + " varchar), cast(? as text) from kr_log_end where run_id = ?",
                step,
                host,
                level,
                line,
                run.value());
    }
}
