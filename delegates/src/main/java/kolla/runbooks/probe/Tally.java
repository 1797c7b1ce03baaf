package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeSecond;

/**
 * Counts what happened to requests, by kind and second, until it is written down.
 *
 * <p>A gap is a time without a success: from the last success before a failure to the next one
 * after it, or as long as a single request took. Between two requests that succeed nobody was let
 * down, so the pause between them is no gap.
 *
 * <p>Time in which nobody watched (before {@link #restart}) is neither good nor bad: requests that
 * were begun in it do not count, and no gap reaches back into it. Thread-safe.
 */
final class Tally {

    /** Shorter ones that still go on are nothing to write down. */
    private static final Duration LASTING = Duration.ofSeconds(1);

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private List<ProbeFailure> failures = new ArrayList<>();
    private Instant watchedSince;

    /** Seconds before this one were told already; what comes late is told with this one. */
    private long open = Long.MIN_VALUE;

    Tally(Instant watchedSince) {
        this.watchedSince = watchedSince;
    }

    private static final class Kind {
        private final TreeMap<Long, ProbeSecond> seconds = new TreeMap<>();
        private Map<Integer, Long> latencies = new TreeMap<>();
        private Optional<Instant> succeeded = Optional.empty();
        private Optional<Instant> failingSince = Optional.empty();
        private Optional<Instant> pending = Optional.empty();
        private long successes;

        /** Since when nobody has been served who asked. */
        private Optional<Instant> waitingSince() {
            return failingSince.isPresent() ? failingSince : pending;
        }
    }

    synchronized void begins(String kind, Instant at) {
        of(kind).pending = Optional.of(at);
    }

    synchronized void succeeded(String name, Instant begun, Instant ended) {
        Kind kind = of(name);
        kind.pending = Optional.empty();
        if (begun.isBefore(watchedSince)) {
            return;
        }
        Instant since = kind.failingSince.orElse(begun);
        count(kind, name, ended, 0, Duration.between(since, ended));
        kind.latencies.merge(Latencies.sizeClass(Duration.between(begun, ended)), 1L, Long::sum);
        kind.succeeded = Optional.of(ended);
        kind.failingSince = Optional.empty();
        kind.successes++;
    }

    synchronized void failed(String name, Instant begun, Instant ended, String sentence) {
        Kind kind = of(name);
        kind.pending = Optional.empty();
        if (begun.isBefore(watchedSince)) {
            return;
        }
        if (kind.failingSince.isEmpty()) {
            kind.failingSince = Optional.of(kind.succeeded.orElse(begun));
        }
        count(kind, name, ended, 1, Duration.between(kind.failingSince.get(), ended));
        failures.add(new ProbeFailure(name, begun, Duration.between(begun, ended), sentence));
    }

    /** From now on somebody watches (again). */
    synchronized void restart(Instant now) {
        watchedSince = now;
        kinds.values()
                .forEach(
                        kind -> {
                            kind.succeeded = Optional.empty();
                            kind.failingSince = Optional.empty();
                            kind.pending = Optional.empty();
                        });
    }

    /** Successes since the tally was made. */
    synchronized long successes(String kind) {
        return of(kind).successes;
    }

    /** What was seen in seconds that have passed, and gaps that go on; each is told once. */
    synchronized ProbeBatch take(Instant now) {
        kinds.forEach((name, kind) -> lasting(name, kind, now));
        return takeBefore(now.getEpochSecond());
    }

    /** All that was seen, at the end. */
    synchronized ProbeBatch takeAll() {
        return takeBefore(Long.MAX_VALUE);
    }

    private ProbeBatch takeBefore(long end) {
        open = Math.max(open, end);
        List<ProbeSecond> seconds = new ArrayList<>();
        Map<String, Map<Integer, Long>> latencies = new TreeMap<>();
        kinds.forEach(
                (name, kind) -> {
                    Map<Long, ProbeSecond> passed = kind.seconds.headMap(end);
                    seconds.addAll(passed.values());
                    passed.clear();
                    if (!kind.latencies.isEmpty()) {
                        latencies.put(name, kind.latencies);
                        kind.latencies = new TreeMap<>();
                    }
                });
        ProbeBatch batch = new ProbeBatch(seconds, failures, latencies);
        failures = new ArrayList<>();
        return batch;
    }

    private void lasting(String name, Kind kind, Instant now) {
        Optional<Duration> gap = kind.waitingSince().map(since -> Duration.between(since, now));
        gap.filter(g -> g.compareTo(LASTING) >= 0)
                .ifPresent(g -> add(kind, name, now.minusSeconds(1), 0, 0, g, now));
    }

    private void count(Kind kind, String name, Instant ended, int failed, Duration gap) {
        add(kind, name, ended, 1, failed, gap, ended);
    }

    private void add(
            Kind kind,
            String name,
            Instant at,
            int total,
            int failed,
            Duration gap,
            Instant gapEnd) {
        long second = Math.max(open, at.getEpochSecond());
        kind.seconds.merge(
                second,
                new ProbeSecond(name, second, total, failed, gap, gapEnd),
                (old, more) -> {
                    ProbeSecond longer = old.gap().compareTo(more.gap()) >= 0 ? old : more;
                    return new ProbeSecond(
                            name,
                            old.second(),
                            old.total() + more.total(),
                            old.failed() + more.failed(),
                            longer.gap(),
                            longer.gapEnd());
                });
    }

    private Kind of(String kind) {
        return kinds.computeIfAbsent(kind, k -> new Kind());
    }
}
