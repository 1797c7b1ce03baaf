package kolla.runbooks.journal.probe;

import java.time.Duration;
import java.time.Instant;

/**
 * What was seen of one kind in one second.
 *
 * @param second since 1970
 * @param total requests that ended in it
 * @param gap the longest gap that ended or still went on in it
 * @param gapEnd when it ended, or was seen last
 */
public record ProbeSecond(
        String kind, long second, int total, int failed, Duration gap, Instant gapEnd) {}
