package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.maybeInstant;
import static kolla.runbooks.journal.jdbc.Database.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Evidence;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.Masker;
import kolla.runbooks.journal.RunId;

/** Actions in {@code kr_action}, lines in {@code kr_log}, what was seen in {@code kr_evidence}. */
public final class JdbcJournals implements Journals {

    private final Database database;
    private final Supplier<Incarnation> program;

    /**
     * @param own commits at once, whatever becomes of the engine's transaction
     * @param program the present life of this program, which must have joined {@link
     *     kolla.runbooks.journal.Nodes}
     */
    public JdbcJournals(ConnectionSource own, Supplier<Incarnation> program) {
        this.database = new Database(own);
        this.program = program;
    }

    @Override
    public Journal open(RunId run, String step, Collection<String> secrets) {
        Incarnation me = program.get();
        Fence fence = database.inTransaction(c -> Fence.read(c, run, me));
        return new JdbcJournal(database, run, step, Optional.of(fence), new Masker(secrets));
    }

    @Override
    public Journal unfenced(RunId run, String step, Collection<String> secrets) {
        return new JdbcJournal(database, run, step, Optional.empty(), new Masker(secrets));
    }

    @Override
    public List<Action> actions(RunId run) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select * from kr_action where run_id = ? order by seq",
                                JdbcJournals::action,
                                run.value()));
    }

    @Override
    public List<LogLine> lines(RunId run, long after, int limit) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select * from kr_log where run_id = ? and seq > ? order by seq"
                                        + " limit ?",
                                JdbcJournals::line,
                                run.value(),
                                after,
                                limit));
    }

    @Override
    public List<Evidence> evidence(RunId run) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select * from kr_evidence where run_id = ? order by seq",
                                JdbcJournals::seen,
                                run.value()));
    }

    static Action action(ResultSet columns) throws SQLException {
        return new Action(
                new ActionId(
                        new RunId(columns.getString("run_id")),
                        columns.getString("step"),
                        columns.getString("host"),
                        columns.getString("action")),
                columns.getString("intent"),
                instant(columns, "begun_at"),
                Action.State.valueOf(columns.getString("state")),
                Optional.ofNullable(columns.getString("outcome")),
                maybeInstant(columns, "ended_at"),
                columns.getInt("attempt"));
    }

    private static LogLine line(ResultSet columns) throws SQLException {
        return new LogLine(
                new RunId(columns.getString("run_id")),
                columns.getLong("seq"),
                instant(columns, "at"),
                columns.getString("step"),
                columns.getString("host"),
                columns.getString("level"),
                columns.getString("line"));
    }

    private static Evidence seen(ResultSet columns) throws SQLException {
        return new Evidence(
                new RunId(columns.getString("run_id")),
                columns.getString("step"),
                columns.getString("host"),
                columns.getString("name"),
                instant(columns, "at"),
                columns.getString("content"));
    }
}
