package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.rows;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeSecond;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.ProbeSlot;
import kolla.runbooks.journal.probe.ProbeSpan;
import kolla.runbooks.journal.probe.ProbeSum;

/** The tables with what probes saw. */
final class ProbeTables {

    private static final long LONG_GAP_MS = 1000;

    private final Database database;

    ProbeTables(Database own) {
        this.database = own;
    }

    void write(Connection c, ProbeShift shift, ProbeBatch batch) throws SQLException {
        String run = shift.run().value();
        update(
                c,
                "update kr_probe_shift set lasted = current_timestamp where run_id = ? and shift ="
                        + " ?",
                run,
                shift.number());
        for (ProbeSecond second : batch.seconds()) {
            update(
                    c,
                    "insert into kr_probe_second (run_id, shift, kind, at_second, total, failed,"
                            + " gap_ms, gap_end) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    run,
                    shift.number(),
                    second.kind(),
                    second.second(),
                    second.total(),
                    second.failed(),
                    second.gap().toMillis(),
                    second.gapEnd());
        }
        for (ProbeFailure failure : batch.failures()) {
            update(
                    c,
                    "insert into kr_probe_failure (run_id, kind, at, took_ms, sentence) values (?,"
                            + " ?, ?, ?, ?)",
                    run,
                    failure.kind(),
                    failure.at(),
                    failure.took().toMillis(),
                    failure.sentence());
        }
        for (Map.Entry<String, Map<Integer, Long>> kind : batch.latencies().entrySet()) {
            for (Map.Entry<Integer, Long> size : kind.getValue().entrySet()) {
                add(c, run, kind.getKey(), size.getKey(), size.getValue());
            }
        }
    }

    /** One program writes for a run at a time, so nobody else inserts the same row meanwhile. */
    private static void add(Connection c, String run, String kind, int size, long requests)
            throws SQLException {
        int known =
                update(
                        c,
                        "update kr_probe_latency set requests = requests + ? where run_id = ? and"
                                + " kind = ? and size_class = ?",
                        requests,
                        run,
                        kind,
                        size);
        if (known == 0) {
            update(
                    c,
                    "insert into kr_probe_latency (run_id, kind, size_class, requests) values (?,"
                            + " ?, ?, ?)",
                    run,
                    kind,
                    size,
                    requests);
        }
    }

    List<ProbeSum> sums(RunId run, Instant from) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select kind, sum(total) as total, sum(failed) as failed, min(case"
                                    + " when failed > 0 then at_second end) as failed_first,"
                                    + " max(case when failed > 0 then at_second end) as"
                                    + " failed_last, max(at_second) as seen_last from"
                                    + " kr_probe_second where run_id = ? and at_second >= ? group"
                                    + " by kind order by kind",
                                columns ->
                                        new ProbeSum(
                                                columns.getString("kind"),
                                                columns.getLong("total"),
                                                columns.getLong("failed"),
                                                second(columns, "failed_first"),
                                                second(columns, "failed_last"),
                                                second(columns, "seen_last").orElseThrow()),
                                run.value(),
                                from.getEpochSecond()));
    }

    List<ProbeGap> gaps(RunId run, Instant from) {
        String columns = "select kind, gap_ms, gap_end from kr_probe_second ";
        return database.inTransaction(
                c -> {
                    List<ProbeGap> gaps =
                            new ArrayList<>(
                                    rows(
                                            c,
                                            columns
                                                    + "where run_id = ? and at_second >= ? and"
                                                    + " gap_ms >= ?",
                                            ProbeTables::gap,
                                            run.value(),
                                            from.getEpochSecond(),
                                            LONG_GAP_MS));
                    List<String> kinds =
                            rows(
                                    c,
                                    "select distinct kind from kr_probe_second where run_id = ?",
                                    row -> row.getString("kind"),
                                    run.value());
                    for (String kind : kinds) {
                        if (gaps.stream().noneMatch(g -> g.kind().equals(kind))) {
                            gaps.addAll(
                                    rows(
                                            c,
                                            columns
                                                    + "where run_id = ? and kind = ? and at_second"
                                                    + " >= ? order by gap_ms desc limit 1",
                                            ProbeTables::gap,
                                            run.value(),
                                            kind,
                                            from.getEpochSecond()));
                        }
                    }
                    gaps.sort(Comparator.comparing(ProbeGap::length).reversed());
                    return gaps;
                });
    }

    List<ProbeSpan> spans(RunId run) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select node_id, began, lasted from kr_probe_shift where run_id ="
                                        + " ? order by shift",
                                columns ->
                                        new ProbeSpan(
                                                columns.getString("node_id"),
                                                instant(columns, "began"),
                                                instant(columns, "lasted")),
                                run.value()));
    }

    List<ProbeFailure> failures(RunId run, Instant from, int limit) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select kind, at, took_ms, sentence from kr_probe_failure where"
                                        + " run_id = ? and at >= ? order by at, seq limit ?",
                                columns ->
                                        new ProbeFailure(
                                                columns.getString("kind"),
                                                instant(columns, "at"),
                                                Duration.ofMillis(columns.getLong("took_ms")),
                                                columns.getString("sentence")),
                                run.value(),
                                from,
                                limit));
    }

    Map<String, Map<Integer, Long>> latencies(RunId run) {
        Map<String, Map<Integer, Long>> found = new TreeMap<>();
        database.inTransaction(
                c ->
                        rows(
                                c,
                                "select kind, size_class, requests from kr_probe_latency where"
                                        + " run_id = ?",
                                columns ->
                                        found.computeIfAbsent(
                                                        columns.getString("kind"),
                                                        k -> new TreeMap<>())
                                                .put(
                                                        columns.getInt("size_class"),
                                                        columns.getLong("requests")),
                                run.value()));
        return found;
    }

    List<ProbeSlot> slots(RunId run, Instant from, long seconds) {
        return database.inTransaction(
                c ->
                        rows(
                                c,
                                "select kind, slot, sum(total) as total, sum(failed) as failed,"
                                        + " max(gap_ms) as gap_ms from (select kind, at_second /"
                                        + " cast(? as bigint) as slot, total, failed, gap_ms from"
                                        + " kr_probe_second where run_id = ? and at_second >= ?) s"
                                        + " group by kind, slot order by kind, slot",
                                columns ->
                                        new ProbeSlot(
                                                columns.getString("kind"),
                                                columns.getLong("slot"),
                                                columns.getLong("total"),
                                                columns.getLong("failed"),
                                                Duration.ofMillis(columns.getLong("gap_ms"))),
                                seconds,
                                run.value(),
                                from.getEpochSecond()));
    }

    private static ProbeGap gap(ResultSet columns) throws SQLException {
        return new ProbeGap(
                columns.getString("kind"),
                Duration.ofMillis(columns.getLong("gap_ms")),
                instant(columns, "gap_end"));
    }

    private static Optional<Instant> second(ResultSet columns, String name) throws SQLException {
        long second = columns.getLong(name);
        return columns.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
    }
}
