package kolla.runbooks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeSlot;
import kolla.runbooks.journal.probe.ProbeSpan;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.VipMove;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T20:15:00Z");

    @Test
    void whatNoSpanCoversWasNotObserved() {
        List<ProbeSpan> spans =
                List.of(
                        span(-5, 10), // before the figures count
                        span(12, 20), // two seconds of nobody are nothing
                        span(50, 60));

        assertThat(Unobserved.between(spans, BEGIN, at(70)))
                .containsExactly(new Unobserved(at(20), at(50)), new Unobserved(at(60), at(70)));
        assertThat(Unobserved.between(List.of(), BEGIN, at(70)))
                .containsExactly(new Unobserved(BEGIN, at(70)));
        assertThat(Unobserved.longest(Unobserved.between(spans, BEGIN, at(70))))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aPercentileIsExactToATenth() {
        Map<Integer, Long> counts =
                Map.of(
                        Latencies.sizeClass(Duration.ofMillis(10)), 98L,
                        Latencies.sizeClass(Duration.ofMillis(400)), 1L,
                        Latencies.sizeClass(Duration.ofMillis(3000)), 1L);

        assertThat(ms(counts, 50)).isBetween(10L, 11L);
        assertThat(ms(counts, 99)).isBetween(400L, 440L);
        assertThat(ms(counts, 100)).isBetween(3000L, 3300L);
        assertThat(Latencies.percentile(Map.of(), 50)).isEmpty();
    }

    @Test
    void theReportSaysWhatFailedHowOftenAndWhatWasNotSeen() {
        String text = FiguresText.of(figures());

        assertThat(text)
                .contains("3 of 1000 requests failed (0.3 %) from 20:15:00 UTC to 20:25:00 UTC.")
                .contains("3.4 s", "20:15:10 UTC", "11 ms", "440 ms")
                .contains("the virtual address moved off ctl1 at 20:15:09 UTC")
                .contains("not observed from 20:20:00 UTC to 20:20:30 UTC (30.0 s)")
                .contains("20:15:11 UTC token: HTTP 502 instead of 201 (2 times)");
    }

    @Test
    void thePictureShowsFailuresGapsMovesAndWhatNobodySaw() {
        List<ProbeSlot> slots =
                List.of(
                        new ProbeSlot("token", second(1), 5, 0, Duration.ofMillis(100)),
                        new ProbeSlot("token", second(2), 5, 2, Duration.ofMillis(400)),
                        new ProbeSlot("token", second(5), 1, 0, Duration.ofMillis(3400)));

        String svg = ProbePlot.svg(figures(), slots, 1);

        assertThat(svg)
                .startsWith("<svg ")
                .contains("#2e8540", "#c4161c", "2 failed", "#e08a00", "3.4 s")
                .contains("VIP off ctl1", "not observed", "20:15:00 UTC", "token  (3)")
                .contains("run r&lt;1&gt;");
    }

    private static Figures figures() {
        return new Figures(
                new ProbeState(
                        new RunId("r<1>"),
                        "lab",
                        ProbeState.Phase.ENDED,
                        Optional.of("one"),
                        1,
                        Optional.empty(),
                        BEGIN,
                        Optional.of(at(600)),
                        BEGIN,
                        BEGIN,
                        List.of("token"),
                        ""),
                BEGIN,
                at(600),
                List.of(
                        new KindFigures(
                                "token",
                                1000,
                                3,
                                Optional.of(
                                        new ProbeGap(
                                                "token",
                                                Duration.ofMillis(3400),
                                                at(10).plusMillis(3400))),
                                Optional.of(Duration.ofMillis(11)),
                                Optional.of(Duration.ofMillis(440)))),
                List.of(new Unobserved(at(300), at(330))),
                List.of(new VipMove("ctl1", at(9))),
                List.of(failure(11), failure(12)));
    }

    private static ProbeFailure failure(long second) {
        return new ProbeFailure(
                "token", at(second), Duration.ofMillis(3), "HTTP 502 instead of 201");
    }

    private static long ms(Map<Integer, Long> counts, double percent) {
        return Latencies.percentile(counts, percent).orElseThrow().toMillis();
    }

    private static ProbeSpan span(long from, long until) {
        return new ProbeSpan("one", at(from), at(until));
    }

    private static Instant at(long seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    private static long second(long seconds) {
        return at(seconds).getEpochSecond();
    }
}
