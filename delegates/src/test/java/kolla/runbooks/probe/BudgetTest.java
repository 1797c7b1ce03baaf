package kolla.runbooks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.VipMove;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T20:15:00Z");
    private static final Instant NOW = BEGIN.plusSeconds(600);

    @ParameterizedTest(name = "{0} of {1} with {2} % allowed: {3}")
    @CsvSource({
        "0,    10,    0.1, Kept",
        "1,    10,    0.1, Kept",
        "2,    10,    0.1, Spent",
        "2,    1999,  0.1, Spent",
        "2,    2000,  0.1, Kept",
        "11,   10000, 0.1, Spent",
        "1,    10000, 0,   Spent",
        "0,    10000, 0,   Kept",
        "5000, 10000, 100, Kept"
    })
    void failuresAreComparedWithAllRequests(
            long failed, long total, double percent, String verdict) {
        Allowance allowed =
                new Allowance(
                        percent,
                        Allowance.USUAL.gap(),
                        Allowance.USUAL.gapWithVipMove(),
                        Allowance.USUAL.unobserved());

        assertThat(decide(allowed, total, failed, List.of(), List.of()))
                .extracting(v -> v.getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "a gap of {0} ms, {1} s after a move of the VIP: {2}")
    @CsvSource({
        "2000, none, Kept",
        "2001, none, Spent",
        "4000, 5,    Kept",
        "4001, 5,    Spent",
        "3000, -10,  Spent",
        "3000, 61,   Spent",
        "3000, 59,   Kept",
        "3000, -1,   Kept"
    })
    void aGapMayBeLongerWhileTheAddressMoves(long ms, String after, String verdict) {
        Instant begin = BEGIN.plusSeconds(100);
        List<VipMove> moves =
                after.equals("none")
                        ? List.of()
                        : List.of(new VipMove("ctl1", begin.minusSeconds(Long.parseLong(after))));
        ProbeGap gap = new ProbeGap("sql", Duration.ofMillis(ms), begin.plusMillis(ms));

        assertThat(decide(Allowance.USUAL, 10_000, 0, List.of(gap), moves))
                .extracting(v -> v.getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @Test
    void aTiredPersonReadsWhichKindHowOftenSinceWhenAndWhatTheBudgetIs() {
        ProbeGap gap =
                new ProbeGap("sql", Duration.ofMillis(3400), BEGIN.plusSeconds(10).plusMillis(400));

        Verdict verdict = decide(Allowance.USUAL, 2310, 4, List.of(gap), List.of());

        assertThat(verdict).isInstanceOf(Verdict.Spent.class);
        assertThat(verdict.sentences())
                .containsExactly(
                        "4 of 2310 requests failed, 0.2 %; the budget is 0.1 %: sql 4 of 2310 from"
                                + " 20:16:40 UTC to 20:20:00 UTC",
                        "sql: no success for 3.4 s from 20:15:07 UTC; the budget is 2.0 s");
    }

    @Test
    void whatWasNotSeenIsNotTakenForGood() {
        assertThat(unseen(NOW, Duration.ofSeconds(16), Duration.ZERO))
                .isInstanceOf(Verdict.Unknown.class)
                .matches(Verdict::asks)
                .extracting(v -> v.sentences().get(0))
                .asString()
                .contains("nobody has probed for 16.0 s");
        assertThat(unseen(NOW.minusSeconds(16), Duration.ofSeconds(1), Duration.ZERO).sentences())
                .containsExactly("sql has not been probed for 16.0 s");
        assertThat(unseen(NOW, Duration.ofSeconds(1), Duration.ofSeconds(61)).sentences())
                .containsExactly(
                        "nobody probed for 61.0 s at a stretch; up to 60.0 s go without a"
                                + " question");
        assertThat(unseen(NOW, Duration.ofSeconds(1), Duration.ofSeconds(60)).asks()).isFalse();
    }

    @Test
    void aKindThatWasNeverUsedIsUnknown() {
        BudgetFigures seen =
                new BudgetFigures(
                        BEGIN,
                        NOW,
                        List.of("sql", "token"),
                        List.of(sum(1000, 0, NOW)),
                        List.of(),
                        List.of(),
                        Duration.ZERO,
                        Duration.ZERO);

        Verdict verdict = Budget.decide(seen, Allowance.USUAL);

        assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
        assertThat(verdict.sentences()).containsExactly("token has not been probed for 600.0 s");
    }

    @Test
    void whatIsSpentStaysSpentWhenSomethingElseIsUnknown() {
        BudgetFigures seen =
                new BudgetFigures(
                        BEGIN,
                        NOW,
                        List.of("sql"),
                        List.of(sum(1000, 500, NOW)),
                        List.of(),
                        List.of(),
                        Duration.ofMinutes(5),
                        Duration.ZERO);

        Verdict verdict = Budget.decide(seen, Allowance.USUAL);

        assertThat(verdict).isInstanceOf(Verdict.Spent.class);
        assertThat(verdict.sentences()).hasSize(2);
    }

    /**
     * The budget is never kept when more failed than allowed, or a gap was too long for any rule.
     */
    @Property(tries = 500)
    void neverKeptWhenClientsSufferedMore(
            @ForAll @LongRange(min = 2, max = 100_000) long total,
            @ForAll @LongRange(min = 2, max = 100_000) long failed,
            @ForAll @IntRange(max = 20_000) int gapMs,
            @ForAll @IntRange(min = -100, max = 100) int moved) {
        ProbeGap gap =
                new ProbeGap(
                        "sql", Duration.ofMillis(gapMs), BEGIN.plusSeconds(100).plusMillis(gapMs));
        List<VipMove> moves = List.of(new VipMove("ctl1", gap.begin().plusSeconds(moved)));

        Verdict verdict =
                decide(Allowance.USUAL, total, Math.min(failed, total), List.of(gap), moves);

        boolean tooMany = Math.min(failed, total) * 1000 > total;
        if (tooMany || gapMs > 4000 || (gapMs > 2000 && Math.abs(moved) > 60)) {
            assertThat(verdict).isInstanceOf(Verdict.Spent.class);
        } else if (gapMs <= 2000) {
            assertThat(verdict).isInstanceOf(Verdict.Kept.class);
        }
    }

    private static Verdict unseen(Instant last, Duration silence, Duration unobserved) {
        return Budget.decide(
                new BudgetFigures(
                        BEGIN,
                        NOW,
                        List.of("sql"),
                        List.of(sum(1000, 0, last)),
                        List.of(),
                        List.of(),
                        silence,
                        unobserved),
                Allowance.USUAL);
    }

    private static Verdict decide(
            Allowance allowed, long total, long failed, List<ProbeGap> gaps, List<VipMove> moves) {
        return Budget.decide(
                new BudgetFigures(
                        BEGIN,
                        NOW,
                        List.of("sql"),
                        List.of(sum(total, failed, NOW)),
                        gaps,
                        moves,
                        Duration.ofSeconds(1),
                        Duration.ZERO),
                allowed);
    }

    private static ProbeSum sum(long total, long failed, Instant last) {
        Optional<Instant> first =
                failed == 0 ? Optional.empty() : Optional.of(BEGIN.plusSeconds(100));
        Optional<Instant> latest =
                failed == 0 ? Optional.empty() : Optional.of(BEGIN.plusSeconds(300));
        return new ProbeSum("sql", total, failed, first, latest, last);
    }
}
