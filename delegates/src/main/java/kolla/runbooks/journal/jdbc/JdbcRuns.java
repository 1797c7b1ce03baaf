package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.first;
import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.maybeInstant;
import static kolla.runbooks.journal.jdbc.Database.rows;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.DuplicateTicketException;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;

/** The runs in table {@code kr_run}. */
public final class JdbcRuns implements Runs {

    private final Database database;
    private final DatabaseClock clock;

    /**
     * @param joined what takes part in the caller's transaction
     */
    public JdbcRuns(ConnectionSource joined, DatabaseClock clock) {
        this.database = new Database(joined);
        this.clock = clock;
    }

    @Override
    public void register(Run run) {
        database.inTransaction(
                c -> {
                    try {
                        return update(
                                c,
                                "insert into kr_run (id, cluster_name, runbook, ticket, reason,"
                                    + " parameters, starter, process_instance, started_at,"
                                    + " ended_at, result) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                run.id().value(),
                                run.cluster(),
                                run.runbook(),
                                run.ticket(),
                                run.reason(),
                                run.parameters(),
                                run.starter(),
                                run.processInstance(),
                                run.startedAt(),
                                run.endedAt(),
                                run.result().map(Enum::name));
                    } catch (SQLException e) {
                        if (Database.keyWasTaken(e)) {
                            DuplicateTicketException duplicate =
                                    new DuplicateTicketException(run.runbook(), run.ticket());
                            duplicate.initCause(e);
                            throw duplicate;
                        }
                        throw e;
                    }
                });
    }

    @Override
    public void attachProcessInstance(RunId run, String processInstance) {
        database.inTransaction(
                c ->
                        update(
                                c,
                                "update kr_run set process_instance = ? where id = ?",
                                processInstance,
                                run.value()));
    }

    @Override
    public Optional<Run> find(RunId run) {
        return one("id = ?", run.value());
    }

    @Override
    public Optional<Run> byTicket(String runbook, String ticket) {
        return one("runbook = ? and ticket = ?", runbook, ticket);
    }

    @Override
    public Optional<Run> byProcessInstance(String processInstance) {
        return one("process_instance = ?", processInstance);
    }

    @Override
    public List<Run> list(Optional<String> cluster, int limit) {
        String order = " order by started_at desc, id limit ?";
        return database.inTransaction(
                c ->
                        cluster.isPresent()
                                ? rows(
                                        c,
                                        "select * from kr_run where cluster_name = ?" + order,
                                        JdbcRuns::run,
                                        cluster.get(),
                                        limit)
                                : rows(c, "select * from kr_run" + order, JdbcRuns::run, limit));
    }

    @Override
    public void end(RunId run, Run.Result result) {
        database.inTransaction(
                c ->
                        update(
                                c,
                                "update kr_run set ended_at = ?, result = ? where id = ? and result"
                                        + " is null",
                                clock.now(),
                                result.name(),
                                run.value()));
    }

    private Optional<Run> one(String condition, Object... values) {
        return database.inTransaction(
                c -> first(c, "select * from kr_run where " + condition, JdbcRuns::run, values));
    }

    private static Run run(ResultSet columns) throws SQLException {
        return new Run(
                new RunId(columns.getString("id")),
                columns.getString("cluster_name"),
                columns.getString("runbook"),
                columns.getString("ticket"),
                columns.getString("reason"),
                columns.getString("parameters"),
                columns.getString("starter"),
                Optional.ofNullable(columns.getString("process_instance")),
                instant(columns, "started_at"),
                maybeInstant(columns, "ended_at"),
                Optional.ofNullable(columns.getString("result")).map(Run.Result::valueOf));
    }
}
