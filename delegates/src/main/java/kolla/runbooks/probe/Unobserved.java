package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kolla.runbooks.journal.probe.ProbeSpan;

/** A stretch of time in which nobody probed: neither good nor bad. */
public record Unobserved(Instant from, Instant until) {

    /** Less than this between two writes is nothing. */
    private static final Duration LEAST = Duration.ofSeconds(3);

    Duration length() {
        return Duration.between(from, until);
    }

    /** What the spans leave out between two moments. Pure. */
    static List<Unobserved> between(List<ProbeSpan> spans, Instant from, Instant until) {
        List<Unobserved> left = new ArrayList<>();
        Instant seen = from;
        for (ProbeSpan span :
                spans.stream().sorted(Comparator.comparing(ProbeSpan::from)).toList()) {
            add(left, seen, span.from().isBefore(until) ? span.from() : until);
            seen = span.until().isAfter(seen) ? span.until() : seen;
        }
        add(left, seen, until);
        return left;
    }

    private static void add(List<Unobserved> left, Instant from, Instant until) {
        if (Duration.between(from, until).compareTo(LEAST) >= 0) {
            left.add(new Unobserved(from, until));
        }
    }

    static Duration longest(List<Unobserved> all) {
        return all.stream()
                .map(Unobserved::length)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
