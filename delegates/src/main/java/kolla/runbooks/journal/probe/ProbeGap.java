package kolla.runbooks.journal.probe;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time in which no request of a kind succeeded. */
public record ProbeGap(String kind, Duration length, Instant end) {

    public Instant begin() {
        return end.minus(length);
    }
}
