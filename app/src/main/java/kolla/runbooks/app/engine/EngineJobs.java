package kolla.runbooks.app.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.RunId;

/**
 * The engine's jobs as rows: which are locked by whom, and how such a lock is taken off. The row's
 * revision grows with it, so that whoever still executes the job cannot commit what came of it.
 */
final class EngineJobs implements Nodes.Succession {

    private static final String UNLOCK =
            "update act_ru_job set lock_owner_ = null, lock_exp_time_ = null, rev_ = rev_ + 1"
                    + " where lock_owner_ = ?";

    /** A job that a node holds. */
    record Held(String id, String processInstance, Instant until) {}

    /** Takes all locks of a node off and names the runs whose jobs they were. */
    @Override
    public List<RunId> release(Connection transaction, String node) throws SQLException {
        List<RunId> runs = runsOf(transaction, node);
        try (PreparedStatement unlock = transaction.prepareStatement(UNLOCK)) {
            unlock.setString(1, node);
            unlock.executeUpdate();
        }
        return runs;
    }

    /** A called process has an instance of its own, so the run is found by the root. */
    private static List<RunId> runsOf(Connection transaction, String node) throws SQLException {
        String sql =
                "select distinct r.id from act_ru_job j join kr_run r on r.process_instance ="
                        + " coalesce(j.root_proc_inst_id_, j.process_instance_id_)"
                        + " where j.lock_owner_ = ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, node);
            try (ResultSet columns = select.executeQuery()) {
                List<RunId> runs = new ArrayList<>();
                while (columns.next()) {
                    runs.add(new RunId(columns.getString(1)));
                }
                return runs;
            }
        }
    }

    static List<Held> heldBy(Connection transaction, String node) throws SQLException {
        String sql =
                "select id_, process_instance_id_, lock_exp_time_ from act_ru_job"
                        + " where lock_owner_ = ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, node);
            try (ResultSet columns = select.executeQuery()) {
                List<Held> held = new ArrayList<>();
                while (columns.next()) {
                    String instance = columns.getString(2);
                    held.add(
                            new Held(
                                    columns.getString(1),
                                    instance == null ? "" : instance,
                                    columns.getTimestamp(3).toInstant()));
                }
                return held;
            }
        }
    }

    /** Takes the lock of these jobs off where it is still the same lock. */
    static int release(Connection transaction, String node, Map<String, Instant> locks)
            throws SQLException {
        int released = 0;
        try (PreparedStatement unlock =
                transaction.prepareStatement(UNLOCK + " and id_ = ? and lock_exp_time_ = ?")) {
            for (Map.Entry<String, Instant> lock : locks.entrySet()) {
                unlock.setString(1, node);
                unlock.setString(2, lock.getKey());
                unlock.setTimestamp(3, java.sql.Timestamp.from(lock.getValue()));
                released += unlock.executeUpdate();
            }
        }
        return released;
    }
}
