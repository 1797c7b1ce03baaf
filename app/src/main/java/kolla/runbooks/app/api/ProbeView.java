package kolla.runbooks.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.probe.Figures;
import kolla.runbooks.probe.KindFigures;

/**
 * How clients fared during a run.
 *
 * @param state {@code ASKED} while it is probed, {@code ENDING}, {@code ENDED}
 * @param program that probes
 * @param trouble why something is not probed
 * @param until now, or when the probe ended
 * @param notObserved when nobody probed: neither good nor bad
 * @param failures the first ones
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProbeView(
        String state,
        Optional<String> program,
        Optional<String> trouble,
        Instant from,
        Instant until,
        long total,
        long failed,
        List<Kind> kinds,
        List<Span> notObserved,
        List<Move> vipMoves,
        List<Failure> failures) {

    /** One kind of use; latencies and gaps in milliseconds. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Kind(
            String kind,
            long total,
            long failed,
            double percent,
            Optional<Long> longestGap,
            Optional<Instant> longestGapFrom,
            Optional<Long> p50,
            Optional<Long> p99) {

        static Kind of(KindFigures figures) {
            return new Kind(
                    figures.kind(),
                    figures.total(),
                    figures.failed(),
                    figures.percent(),
                    figures.longestGap().map(g -> g.length().toMillis()),
                    figures.longestGap().map(ProbeGap::begin),
                    figures.p50().map(Duration::toMillis),
                    figures.p99().map(Duration::toMillis));
        }
    }

    /** A stretch of time. */
    public record Span(Instant from, Instant until) {}

    /** The virtual address left a host. */
    public record Move(String host, Instant at) {}

    /** A request that failed. */
    public record Failure(String kind, Instant at, long took, String sentence) {}

    static ProbeView of(Figures figures) {
        return new ProbeView(
                figures.state().phase().name(),
                figures.state().holder(),
                Optional.of(figures.state().trouble()).filter(t -> !t.isEmpty()),
                figures.from(),
                figures.until(),
                figures.total(),
                figures.failed(),
                figures.kinds().stream().map(Kind::of).toList(),
                figures.unobserved().stream().map(u -> new Span(u.from(), u.until())).toList(),
                figures.moves().stream().map(m -> new Move(m.host(), m.at())).toList(),
                figures.failures().stream()
                        .map(f -> new Failure(f.kind(), f.at(), f.took().toMillis(), f.sentence()))
                        .toList());
    }
}
