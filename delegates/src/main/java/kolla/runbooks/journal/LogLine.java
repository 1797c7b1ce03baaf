package kolla.runbooks.journal;

import java.time.Instant;

/**
 * A line of a run's log.
 *
 * @param sequence grows within the run; use it to follow
 * @param level {@code INFO}, {@code WARN} or {@code ERROR}
 */
public record LogLine(
        RunId run,
        long sequence,
        Instant at,
        String step,
        String host,
        String level,
        String text) {}
