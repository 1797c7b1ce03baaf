package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kolla.runbooks.journal.probe.ProbeSlot;
import kolla.runbooks.journal.probe.Probes;

/**
 * Figures over time as a picture: a lane for each kind, green where requests succeeded, red where
 * some failed, orange where none succeeded for longer than a second, grey where nobody probed; a
 * line where the virtual address moved. Colours are never alone: what failed stands out of its
 * lane.
 */
public final class ProbePlot {

    private static final int LEFT = 190;
    private static final int WIDTH = 960;
    private static final int LANE = 24;
    private static final int TOP = 34;
    private static final int BOTTOM = 46;
    private static final Duration GAP = Duration.ofSeconds(1);

    private ProbePlot() {}

    public static String svg(Probes probes, Figures figures) {
        long seconds = Math.max(1, Duration.between(figures.from(), figures.until()).toSeconds());
        long width = Math.max(1, (seconds + WIDTH - 1) / WIDTH);
        return svg(figures, probes.slots(figures.state().run(), figures.from(), width), width);
    }

    /**
     * @param width of a slot in seconds
     */
    static String svg(Figures figures, List<ProbeSlot> slots, long width) {
        long first = figures.from().getEpochSecond() / width;
        long last = Math.max(first, figures.until().getEpochSecond() / width);
        double step = (double) WIDTH / (last - first + 1);
        int height = TOP + LANE * Math.max(1, figures.kinds().size()) + BOTTOM;
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                                + " font-size=\"12\">%n<title>How clients fared in run"
                                + " %s</title>%n",
                        LEFT + WIDTH + 20,
                        height,
                        LEFT + WIDTH + 20,
                        height,
                        text(figures.state().run().value())));
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n<text x=\"8\""
                                + " y=\"20\">%d of %d requests failed (%s)</text>%n",
                        figures.failed(),
                        figures.total(),
                        Words.percent(Budget.percent(figures.failed(), figures.total()))));
        Map<String, List<ProbeSlot>> byKind =
                slots.stream()
                        .collect(
                                Collectors.groupingBy(
                                        ProbeSlot::kind, TreeMap::new, Collectors.toList()));
        int row = 0;
        for (KindFigures kind : figures.kinds()) {
            int y = TOP + LANE * row++;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"8\" y=\"%d\">%s</text>%n<rect x=\"%d\" y=\"%d\""
                                    + " width=\"%d\" height=\"12\" fill=\"#d9d9d9\"/>%n",
                            y + 14,
                            text(
                                    kind.kind()
                                            + (kind.failed() > 0
                                                    ? "  (" + kind.failed() + ")"
                                                    : "")),
                            LEFT,
                            y + 4,
                            WIDTH));
            lane(svg, byKind.getOrDefault(kind.kind(), List.of()), first, step, y);
        }
        int bottom = TOP + LANE * row;
        figures.moves().forEach(m -> move(svg, m.host(), x(m.at(), width, first, step), bottom));
        figures.unobserved()
                .forEach(
                        u -> {
                            double from = x(u.from(), width, first, step);
                            rect(
                                    svg,
                                    from,
                                    TOP,
                                    Math.max(1, x(u.until(), width, first, step) - from),
                                    bottom - TOP,
                                    "#9a9a9a",
                                    "not observed");
                        });
        for (int i = 0; i <= 4; i++) {
            Instant at =
                    figures.from()
                            .plus(
                                    Duration.between(figures.from(), figures.until())
                                            .multipliedBy(i)
                                            .dividedBy(4));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                            LEFT + WIDTH * i / 4.0,
                            bottom + 18,
                            i == 0 ? "start" : i == 4 ? "end" : "middle",
                            Words.time(at)));
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" fill=\"#555\">green: succeeded, red and"
                                + " taller: failed, orange: no success for over a second, grey: not"
                                + " observed, blue: the virtual address moved</text>%n</svg>%n",
                        LEFT,
                        bottom + 36));
        return svg.toString();
    }

    /** Consecutive slots of one look are one box; seconds without an answer belong to the next. */
    private static void lane(
            StringBuilder svg, List<ProbeSlot> slots, long first, double step, int y) {
        for (ProbeSlot slot : slots) {
            if (slot.number() < first) {
                continue;
            }
            double end = LEFT + (slot.number() - first + 1) * step;
            double length = step * 1.02;
            if (slot.failed() > 0) {
                rect(
                        svg,
                        end - step,
                        y,
                        Math.max(1.5, length),
                        20,
                        "#c4161c",
                        slot.failed() + " failed");
            } else if (slot.gap().compareTo(GAP) > 0) {
                rect(svg, end - step, y + 4, length, 12, "#e08a00", Words.seconds(slot.gap()));
            } else {
                rect(svg, end - step, y + 4, length, 12, "#2e8540", "");
            }
        }
    }

    private static void move(StringBuilder svg, String host, double x, int bottom) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#1f4e9c\""
                                + " stroke-width=\"1.5\"/>%n<text x=\"%.1f\" y=\"%d\""
                                + " fill=\"#1f4e9c\" font-size=\"10\">VIP off %s</text>%n",
                        x,
                        x,
                        TOP - 4,
                        bottom,
                        x + 2,
                        TOP - 6,
                        text(host)));
    }

    private static void rect(
            StringBuilder svg,
            double x,
            double y,
            double width,
            double height,
            String colour,
            String title) {
        String end = title.isEmpty() ? "/>" : "><title>" + text(title) + "</title></rect>";
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                                + " fill=\"%s\"%s%n",
                        x,
                        y,
                        width,
                        height,
                        colour,
                        end));
    }

    private static double x(Instant at, long width, long first, double step) {
        return LEFT + ((double) at.toEpochMilli() / 1000 / width - first) * step;
    }

    private static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
