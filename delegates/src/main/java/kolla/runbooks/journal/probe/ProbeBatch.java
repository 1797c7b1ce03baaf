package kolla.runbooks.journal.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen since it was written down last.
 *
 * @param latencies by kind and class of size, the number of requests
 */
public record ProbeBatch(
        List<ProbeSecond> seconds,
        List<ProbeFailure> failures,
        Map<String, Map<Integer, Long>> latencies) {

    public static final ProbeBatch EMPTY = new ProbeBatch(List.of(), List.of(), Map.of());

    public ProbeBatch {
        seconds = List.copyOf(seconds);
        failures = List.copyOf(failures);
        latencies = Map.copyOf(latencies);
    }

    /** This and what came later. */
    public ProbeBatch plus(ProbeBatch later) {
        List<ProbeSecond> allSeconds = new ArrayList<>(seconds);
        allSeconds.addAll(later.seconds);
        List<ProbeFailure> allFailures = new ArrayList<>(failures);
        allFailures.addAll(later.failures);
        Map<String, Map<Integer, Long>> sums = new TreeMap<>();
        List.of(latencies, later.latencies)
                .forEach(
                        part ->
                                part.forEach(
                                        (kind, counts) ->
                                                counts.forEach(
                                                        (size, n) ->
                                                                sums.computeIfAbsent(
                                                                                kind,
                                                                                k ->
                                                                                        new TreeMap<>())
                                                                        .merge(
                                                                                size, n,
                                                                                Long::sum))));
        return new ProbeBatch(allSeconds, allFailures, sums);
    }
}
