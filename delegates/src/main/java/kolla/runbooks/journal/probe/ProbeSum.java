package kolla.runbooks.journal.probe;

import java.time.Instant;
import java.util.Optional;

/**
 * All that was seen of one kind.
 *
 * @param failedFirst the second of the first failure
 * @param failedLast the second of the last failure
 * @param seenLast the last second in which anything was seen
 */
public record ProbeSum(
        String kind,
        long total,
        long failed,
        Optional<Instant> failedFirst,
        Optional<Instant> failedLast,
        Instant seenLast) {}
