package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.first;
import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.rows;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.RunId;

/** Plans in {@code kr_plan}, decisions in {@code kr_approval}; rows of both are never changed. */
public final class JdbcPlans implements Plans {

    private final Database database;
    private final DatabaseClock clock;

    /**
     * @param joined what takes part in the caller's transaction
     */
    public JdbcPlans(ConnectionSource joined, DatabaseClock clock) {
        this.database = new Database(joined);
        this.clock = clock;
    }

    @Override
    public PlanRecord record(RunId run, String digest, String json, String text) {
        return database.inTransaction(
                c -> {
                    Optional<PlanRecord> newest = newest(c, run);
                    if (newest.isPresent() && newest.get().digest().equals(digest)) {
                        return newest.get();
                    }
                    int version = newest.map(PlanRecord::version).orElse(0) + 1;
                    update(
                            c,
                            "insert into kr_plan (run_id, version, digest, json, shown, created_at)"
                                    + " values (?, ?, ?, ?, ?, ?)",
                            run.value(),
                            version,
                            digest,
                            json,
                            text,
                            clock.now());
                    return newest(c, run).orElseThrow();
                });
    }

    @Override
    public Optional<PlanRecord> newest(RunId run) {
        return database.inTransaction(c -> newest(c, run));
    }

    @Override
    public Optional<PlanRecord> version(RunId run, int version) {
        return database.inTransaction(
                c ->
                        first(
                                c,
                                "select * from kr_plan where run_id = ? and version = ?",
                                JdbcPlans::plan,
                                run.value(),
                                version));
    }

    @Override
    public void decided(Approval approval) {
        database.inTransaction(
                c ->
                        update(
                                c,
                                "insert into kr_approval (run_id, digest, person, approved, remark,"
                                        + " at) values (?, ?, ?, ?, ?, ?)",
                                approval.run().value(),
                                approval.digest(),
                                approval.person(),
                                approval.approved(),
                                approval.comment(),
                                approval.at()));
    }

    @Override
    public List<Approval> approvals(RunId run) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select * from kr_approval where run_id = ? order by seq",
                                JdbcPlans::approval,
                                run.value()));
    }

    private static Optional<PlanRecord> newest(Connection connection, RunId run)
            throws SQLException {
        return first(
                connection,
                "select * from kr_plan where run_id = ? order by version desc limit 1",
                JdbcPlans::plan,
                run.value());
    }

    private static PlanRecord plan(ResultSet columns) throws SQLException {
        return new PlanRecord(
                new RunId(columns.getString("run_id")),
                columns.getInt("version"),
                columns.getString("digest"),
                columns.getString("json"),
                columns.getString("shown"),
                instant(columns, "created_at"));
    }

    private static Approval approval(ResultSet columns) throws SQLException {
        return new Approval(
                new RunId(columns.getString("run_id")),
                columns.getString("digest"),
                columns.getString("person"),
                columns.getBoolean("approved"),
                columns.getString("remark"),
                instant(columns, "at"));
    }
}
