package kolla.runbooks.probe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.journal.probe.ProbeFailure;

/** Figures as a part of the run's report. */
public final class FiguresText {

    private static final int SENTENCES = 12;

    private FiguresText() {}

    public static String of(Figures figures) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d of %d requests failed (%s) from %s to %s.%n%n",
                        figures.failed(),
                        figures.total(),
                        Words.percent(Budget.percent(figures.failed(), figures.total())),
                        Words.time(figures.from()),
                        Words.time(figures.until())));
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-28s %8s %7s %8s %12s %15s %8s %8s%n",
                        "kind",
                        "requests",
                        "failed",
                        "percent",
                        "longest gap",
                        "from",
                        "p50",
                        "p99"));
        figures.kinds().forEach(k -> text.append(line(k)));
        figures.moves()
                .forEach(
                        m ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%nthe virtual address moved off %s at %s",
                                                m.host(),
                                                Words.time(m.at()))));
        figures.unobserved()
                .forEach(
                        u ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%nnot observed from %s to %s (%s)",
                                                Words.time(u.from()),
                                                Words.time(u.until()),
                                                Words.seconds(u.length()))));
        failures(figures.failures()).forEach(line -> text.append(String.format("%n%s", line)));
        return text.append(System.lineSeparator()).toString();
    }

    private static String line(KindFigures kind) {
        return String.format(
                Locale.ROOT,
                "%-28s %8d %7d %8s %12s %15s %8s %8s%n",
                kind.kind(),
                kind.total(),
                kind.failed(),
                Words.percent(kind.percent()),
                kind.longestGap().map(g -> Words.seconds(g.length())).orElse("-"),
                kind.longestGap().map(g -> Words.time(g.begin())).orElse("-"),
                ms(kind.p50()),
                ms(kind.p99()));
    }

    private static String ms(Optional<Duration> latency) {
        return latency.map(l -> l.toMillis() + " ms").orElse("-");
    }

    /** What clients were told, the same sentence once: by kind, how often, when first. */
    public static List<String> failures(List<ProbeFailure> failures) {
        Map<String, Integer> often = new LinkedHashMap<>();
        Map<String, ProbeFailure> firsts = new LinkedHashMap<>();
        for (ProbeFailure failure : failures) {
            String key = failure.kind() + ": " + failure.sentence();
            often.merge(key, 1, Integer::sum);
            firsts.putIfAbsent(key, failure);
        }
        return often.entrySet().stream()
                .limit(SENTENCES)
                .map(
                        e ->
                                Words.time(firsts.get(e.getKey()).at())
                                        + " "
                                        + e.getKey()
                                        + (e.getValue() > 1 ? " (" + e.getValue() + " times)" : ""))
                .toList();
    }
}
