package kolla.runbooks.probe;

import java.time.Duration;
import java.util.Optional;
import kolla.runbooks.journal.probe.ProbeGap;

/**
 * How clients of one kind fared.
 *
 * @param p50 half of those that succeeded took this long or less
 */
public record KindFigures(
        String kind,
        long total,
        long failed,
        Optional<ProbeGap> longestGap,
        Optional<Duration> p50,
        Optional<Duration> p99) {

    public double percent() {
        return Budget.percent(failed, total);
    }
}
