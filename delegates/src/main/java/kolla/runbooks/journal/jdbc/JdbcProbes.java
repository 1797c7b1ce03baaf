package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.first;
import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.maybeInstant;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.ProbeSlot;
import kolla.runbooks.journal.probe.ProbeSpan;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.ProbeState.Phase;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.journal.probe.VipMove;

/** Who probes in {@code kr_probe}; what was seen through {@link ProbeTables}. */
public final class JdbcProbes implements Probes {

    private static final String STATE = "select p.*, current_timestamp as moment from kr_probe p ";

    private final Database own;
    private final Database joined;
    private final DatabaseClock clock;
    private final ProbeTables tables;

    /**
     * @param own transactions of its own
     * @param joined the caller's transaction
     */
    public JdbcProbes(ConnectionSource own, ConnectionSource joined, DatabaseClock clock) {
        this.own = new Database(own);
        this.joined = new Database(joined);
        this.clock = clock;
        this.tables = new ProbeTables(this.own);
    }

    @Override
    public void ask(RunId run, String cluster) {
        own.againWhenKeyWasTaken(
                c -> {
                    int again =
                            update(
                                    c,
                                    "update kr_probe set state = 'ASKED', ended_at = null where"
                                            + " run_id = ?",
                                    run.value());
                    return again > 0
                            ? again
                            : update(
                                    c,
                                    "insert into kr_probe (run_id, cluster_name, state, shift,"
                                            + " asked_at, counts_from, budget_from, kinds, trouble)"
                                            + " values (?, ?, 'ASKED', 0, current_timestamp,"
                                            + " current_timestamp, current_timestamp, '', '')",
                                    run.value(),
                                    cluster);
                });
    }

    @Override
    public void end(RunId run) {
        change("set state = 'ENDING' where run_id = ? and state = 'ASKED'", run.value());
    }

    @Override
    public Optional<ProbeState> find(RunId run) {
        return own.inTransaction(
                c -> first(c, STATE + "where run_id = ?", JdbcProbes::state, run.value()));
    }

    @Override
    public List<ProbeState> open() {
        return own.inTransaction(
                c ->
                        Database.rows(
                                c,
                                STATE + "where state <> 'ENDED' order by asked_at, run_id",
                                JdbcProbes::state));
    }

    @Override
    public Optional<ProbeShift> take(RunId run, String node, List<String> kinds, Duration silence) {
        return own.inTransaction(
                c -> {
                    Optional<ProbeState> seen =
                            first(
                                    c,
                                    STATE + "where run_id = ? for update",
                                    JdbcProbes::state,
                                    run.value());
                    if (seen.filter(s -> s.freeFor(node, silence)).isEmpty()) {
                        return Optional.empty();
                    }
                    return Optional.of(begin(c, run, node, seen.get().shift() + 1, kinds));
                });
    }

    private static ProbeShift begin(
            Connection c, RunId run, String node, long number, List<String> kinds)
            throws SQLException {
        update(
                c,
                "update kr_probe set holder = ?, shift = ?, beat = current_timestamp, kinds = ?,"
                        + " trouble = '' where run_id = ?",
                node,
                number,
                String.join(",", kinds),
                run.value());
        update(
                c,
                "insert into kr_probe_shift (run_id, shift, node_id, began, lasted) values (?, ?,"
                        + " ?, current_timestamp, current_timestamp)",
                run.value(),
                number,
                node);
        Instant began =
                first(
                                c,
                                "select began from kr_probe_shift where run_id = ? and shift = ?",
                                columns -> instant(columns, "began"),
                                run.value(),
                                number)
                        .orElseThrow();
        return new ProbeShift(run, number, began);
    }

    @Override
    public boolean write(ProbeShift shift, ProbeBatch batch) {
        return own.inTransaction(
                c -> {
                    int held =
                            update(
                                    c,
                                    "update kr_probe set beat = current_timestamp where run_id = ?"
                                            + " and shift = ? and state <> 'ENDED'",
                                    shift.run().value(),
                                    shift.number());
                    if (held == 0) {
                        return false;
                    }
                    tables.write(c, shift, batch);
                    return true;
                });
    }

    @Override
    public void trouble(ProbeShift shift, String why) {
        held(shift, "set trouble = ?", why);
    }

    @Override
    public void leave(ProbeShift shift) {
        held(shift, "set holder = null");
    }

    @Override
    public void ended(ProbeShift shift) {
        held(shift, "set state = 'ENDED', holder = null, ended_at = current_timestamp");
    }

    @Override
    public void count(RunId run, Instant from) {
        joined.inTransaction(
                c ->
                        update(
                                c,
                                "update kr_probe set counts_from = ?, budget_from = ? where run_id"
                                        + " = ?",
                                from,
                                from,
                                run.value()));
    }

    @Override
    public void startBudget(RunId run, Instant from) {
        joined.inTransaction(
                c ->
                        update(
                                c,
                                "update kr_probe set budget_from = ? where run_id = ?",
                                from,
                                run.value()));
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public List<ProbeSum> sums(RunId run, Instant from) {
        return tables.sums(run, from);
    }

    @Override
    public List<ProbeGap> gaps(RunId run, Instant from) {
        return tables.gaps(run, from);
    }

    @Override
    public List<ProbeSpan> spans(RunId run) {
        return tables.spans(run);
    }

    @Override
    public List<VipMove> vipMoves(RunId run) {
        return own.inTransaction(
                c ->
                        Database.rows(
                                c,
                                "select host, at from kr_evidence where run_id = ? and name = ?"
                                        + " order by at",
                                columns ->
                                        new VipMove(
                                                columns.getString("host"), instant(columns, "at")),
                                run.value(),
                                VipMove.EVIDENCE));
    }

    @Override
    public List<ProbeFailure> failures(RunId run, Instant from, int limit) {
        return tables.failures(run, from, limit);
    }

    @Override
    public Map<String, Map<Integer, Long>> latencies(RunId run) {
        return tables.latencies(run);
    }

    @Override
    public List<ProbeSlot> slots(RunId run, Instant from, long seconds) {
        return tables.slots(run, from, seconds);
    }

    private void held(ProbeShift shift, String change, Object... values) {
        Object[] all = Arrays.copyOf(values, values.length + 2);
        all[values.length] = shift.run().value();
        all[values.length + 1] = shift.number();
        change(change + " where run_id = ? and shift = ?", all);
    }

    private void change(String sql, Object... values) {
        own.inTransaction(c -> update(c, "update kr_probe " + sql, values));
    }

    private static ProbeState state(ResultSet columns) throws SQLException {
        Instant moment = instant(columns, "moment");
        String kinds = columns.getString("kinds");
        return new ProbeState(
                new RunId(columns.getString("run_id")),
                columns.getString("cluster_name"),
                Phase.valueOf(columns.getString("state")),
                Optional.ofNullable(columns.getString("holder")),
                columns.getLong("shift"),
                maybeInstant(columns, "beat").map(beat -> Duration.between(beat, moment)),
                instant(columns, "asked_at"),
                maybeInstant(columns, "ended_at"),
                instant(columns, "counts_from"),
                instant(columns, "budget_from"),
                kinds.isEmpty() ? List.of() : List.of(kinds.split(",")),
                columns.getString("trouble"));
    }
}
