package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.journal.probe.VipMove;

/**
 * How clients fared during a run.
 *
 * @param until now, or when the probe ended
 * @param failures the first ones
 */
public record Figures(
        ProbeState state,
        Instant from,
        Instant until,
        List<KindFigures> kinds,
        List<Unobserved> unobserved,
        List<VipMove> moves,
        List<ProbeFailure> failures) {

    private static final int FAILURES = 200;

    /** Empty when the run never had a probe. */
    public static Optional<Figures> of(Probes probes, RunId run) {
        return probes.find(run).map(state -> of(probes, state));
    }

    private static Figures of(Probes probes, ProbeState state) {
        RunId run = state.run();
        Instant from = state.countsFrom();
        Instant until = state.endedAt().orElseGet(probes::now);
        List<ProbeSum> sums = probes.sums(run, from);
        List<ProbeGap> gaps = probes.gaps(run, from);
        Map<String, Map<Integer, Long>> latencies = probes.latencies(run);
        Set<String> names = new TreeSet<>(state.kinds());
        sums.forEach(s -> names.add(s.kind()));
        List<KindFigures> kinds = new ArrayList<>();
        for (String kind : names) {
            Optional<ProbeSum> sum = sums.stream().filter(s -> s.kind().equals(kind)).findFirst();
            Map<Integer, Long> counts = latencies.getOrDefault(kind, Map.of());
            kinds.add(
                    new KindFigures(
                            kind,
                            sum.map(ProbeSum::total).orElse(0L),
                            sum.map(ProbeSum::failed).orElse(0L),
                            gaps.stream().filter(g -> g.kind().equals(kind)).findFirst(),
                            Latencies.percentile(counts, 50),
                            Latencies.percentile(counts, 99)));
        }
        return new Figures(
                state,
                from,
                until,
                kinds,
                Unobserved.between(probes.spans(run), from, until),
                probes.vipMoves(run),
                probes.failures(run, from, FAILURES));
    }

    /** What the budget is decided by, since it counts. */
    public static BudgetFigures budget(Probes probes, ProbeState state) {
        Instant now = probes.now();
        Instant from = state.budgetFrom();
        return new BudgetFigures(
                from,
                now,
                state.kinds(),
                probes.sums(state.run(), from),
                probes.gaps(state.run(), from).stream().map(g -> since(from, g)).toList(),
                probes.vipMoves(state.run()),
                state.silence().orElse(Duration.between(from, now)),
                Unobserved.longest(Unobserved.between(probes.spans(state.run()), from, now)));
    }

    /** What was before the budget began does not count against it. */
    private static ProbeGap since(Instant from, ProbeGap gap) {
        return gap.begin().isBefore(from)
                ? new ProbeGap(gap.kind(), Duration.between(from, gap.end()), gap.end())
                : gap;
    }

    public long total() {
        return kinds.stream().mapToLong(KindFigures::total).sum();
    }

    public long failed() {
        return kinds.stream().mapToLong(KindFigures::failed).sum();
    }
}
