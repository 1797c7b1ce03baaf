package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.first;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.FencedException;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Masker;
import kolla.runbooks.journal.RunId;

/** One step's journal; where it has a fence, every write checks it in the same transaction. */
final class JdbcJournal implements Journal {

    private final Database database;
    private final RunId run;
    private final String step;
    private final Optional<Fence> fence;
    private final Masker masker;

    JdbcJournal(Database database, RunId run, String step, Optional<Fence> fence, Masker masker) {
        this.database = database;
        this.run = run;
        this.step = step;
        this.fence = fence;
        this.masker = masker;
    }

    @Override
    public RunId run() {
        return run;
    }

    @Override
    public String step() {
        return step;
    }

    @Override
    public String perform(String host, String action, String intent, Supplier<String> act) {
        Fence right =
                fence.orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "step "
                                                + step
                                                + " has no lease: it may look, but not do \""
                                                + action
                                                + "\""));
        long row = begin(right, host, action, masker.mask(intent));
        String outcome;
        try {
            outcome = Objects.requireNonNullElse(act.get(), "");
        } catch (RuntimeException | Error e) {
            try {
                end(right, row, host, action, Action.State.FAILED, describe(e));
            } catch (RuntimeException refused) {
                e.addSuppressed(refused);
            }
            throw e;
        }
        end(right, row, host, action, Action.State.DONE, outcome);
        return outcome;
    }

    @Override
    public void log(String host, String text) {
        write(host, "INFO", text);
    }

    @Override
    public void warn(String host, String text) {
        write(host, "WARN", text);
    }

    @Override
    public void evidence(String host, String name, String content) {
        inTransaction(
                c ->
                        update(
                                c,
                                "insert into kr_evidence (run_id, step, host, name, at, content)"
                                        + " values (?, ?, ?, ?, current_timestamp, ?)",
                                run.value(),
                                step,
                                host,
                                name,
                                masker.mask(content)));
    }

    @Override
    public List<Action> actions() {
        return database.inTransaction(
                c ->
                        Database.rows(
                                c,
                                "select * from kr_action where run_id = ? and step = ? order by"
                                        + " seq",
                                JdbcJournals::action,
                                run.value(),
                                step));
    }

    private long begin(Fence right, String host, String action, String intent) {
        return inTransaction(
                c -> {
                    int attempt =
                            first(
                                                    c,
                                                    "select coalesce(max(attempt), 0) as n from"
                                                        + " kr_action where run_id = ? and step = ?"
                                                        + " and host = ? and action = ?",
                                                    columns -> columns.getInt("n"),
                                                    run.value(),
                                                    step,
                                                    host,
                                                    action)
                                            .orElse(0)
                                    + 1;
                    update(
                            c,
                            "insert into kr_action (run_id, step, host, action, attempt,"
                                + " cluster_name, node_id, incarnation, fence, intent, begun_at,"
                                + " state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, current_timestamp,"
                                + " 'BEGUN')",
                            run.value(),
                            step,
                            host,
                            action,
                            attempt,
                            right.cluster(),
                            right.program().node(),
                            right.program().number(),
                            right.number(),
                            intent);
                    RunLog.append(c, run, step, host, "INFO", action + ": " + intent);
                    return first(
                                    c,
                                    "select seq from kr_action where run_id = ? and step = ? and"
                                            + " host = ? and action = ? and attempt = ?",
                                    columns -> columns.getLong("seq"),
                                    run.value(),
                                    step,
                                    host,
                                    action,
                                    attempt)
                            .orElseThrow();
                });
    }

    private void end(
            Fence right, long row, String host, String action, Action.State state, String outcome) {
        String seen = masker.mask(outcome);
        try {
            inTransaction(
                    c -> {
                        update(
                                c,
                                "update kr_action set state = ?, outcome = ?, ended_at ="
                                    + " current_timestamp, left_at = current_timestamp where seq ="
                                    + " ?",
                                state.name(),
                                seen,
                                row);
                        String level = state == Action.State.DONE ? "INFO" : "ERROR";
                        String how = state == Action.State.DONE ? " done: " : " failed: ";
                        RunLog.append(c, run, step, host, level, action + how + seen);
                        return row;
                    });
        } catch (FencedException e) {
            left(right, row);
            throw e;
        }
    }

    /** The outcome was refused, but whoever takes the lease next must know that nobody acts now. */
    private void left(Fence right, long row) {
        database.inTransaction(
                c ->
                        update(
                                c,
                                "update kr_action set left_at = current_timestamp"
                                        + " where seq = ? and node_id = ? and incarnation = ?",
                                row,
                                right.program().node(),
                                right.program().number()));
    }

    private void write(String host, String level, String text) {
        String line = masker.mask(text);
        inTransaction(
                c -> {
                    RunLog.append(c, run, step, host, level, line);
                    return line;
                });
    }

    private <T> T inTransaction(ConnectionSource.Work<T> work) {
        return database.againWhenKeyWasTaken(
                c -> {
                    checkFence(c);
                    return work.on(c);
                });
    }

    private void checkFence(Connection c) throws SQLException {
        if (fence.isPresent()) {
            fence.get().check(c);
        }
    }

    private static String describe(Throwable failure) {
        return failure instanceof RunbookFailure known ? known.headline() : failure.toString();
    }
}
