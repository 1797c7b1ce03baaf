package kolla.runbooks.probe;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Classes of latency, each a tenth larger than the one before: a percentile is that exact. */
final class Latencies {

    private static final double GROWTH = Math.log(1.1);

    private Latencies() {}

    static int sizeClass(Duration latency) {
        long ms = latency.toMillis();
        return ms <= 1 ? 0 : (int) Math.ceil(Math.log((double) ms) / GROWTH);
    }

    /** The largest latency of the class. */
    static Duration largest(int sizeClass) {
        return Duration.ofMillis((long) Math.floor(Math.exp(sizeClass * GROWTH) + 1e-6));
    }

    /**
     * So many percent of the requests took this long or less.
     *
     * @param counts by class, the number of requests
     */
    static Optional<Duration> percentile(Map<Integer, Long> counts, double percent) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long needed = Math.max(1, (long) Math.ceil(all * percent / 100));
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : new TreeMap<>(counts).entrySet()) {
            seen += entry.getValue();
            if (seen >= needed) {
                return Optional.of(largest(entry.getKey()));
            }
        }
        return Optional.empty();
    }
}
