package kolla.runbooks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeSecond;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T03:00:00Z");

    private final Tally tally = new Tally(BEGIN);

    @Test
    void countsBySecondInWhichARequestEnded() {
        good(0, 100);
        good(900, 1100);
        bad(1200, 1300);

        ProbeBatch batch = tally.take(at(2000));

        assertThat(batch.seconds())
                .extracting(
                        s -> s.second() - BEGIN.getEpochSecond(), s -> s.total(), s -> s.failed())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, 1, 0),
                        org.assertj.core.groups.Tuple.tuple(1L, 2, 1));
        assertThat(batch.failures()).extracting(f -> f.sentence()).containsExactly("HTTP 502");
        assertThat(batch.latencies().get("token").values()).containsExactly(1L, 1L);
    }

    @Test
    void thePauseBetweenTwoSuccessesIsNoGap() {
        good(0, 100);
        good(5000, 5300);

        assertThat(longest(tally.takeAll())).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aGapReachesFromTheLastSuccessBeforeAFailureToTheNextOne() {
        good(0, 100);
        bad(1000, 1100);
        bad(2000, 2100);
        good(3000, 3200);

        assertThat(longest(tally.takeAll())).isEqualTo(Duration.ofMillis(3100));
    }

    @Test
    void aGapThatGoesOnIsToldEverySecond() {
        good(0, 100);
        bad(1000, 1100);
        tally.begins("token", at(1300));

        ProbeBatch first = tally.take(at(3000));
        ProbeBatch second = tally.take(at(4000));

        assertThat(longest(first)).isEqualTo(Duration.ofMillis(2900));
        assertThat(longest(second)).isEqualTo(Duration.ofMillis(3900));
        assertThat(second.seconds()).allMatch(s -> s.total() == 0);
    }

    @Test
    void aRequestThatHangsIsAGapBeforeItEnds() {
        tally.begins("token", at(0));

        assertThat(longest(tally.take(at(2500)))).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void whatWasBegunWhileNobodyWatchedDoesNotCountAndNoGapReachesThere() {
        good(0, 100);
        bad(1000, 1100);
        tally.take(at(2000));
        tally.begins("token", at(1500));

        tally.restart(at(60_000));
        tally.failed("token", at(1500), at(60_100), "timed out");
        good(60_200, 60_400);

        ProbeBatch batch = tally.takeAll();
        assertThat(batch.failures()).isEmpty();
        assertThat(batch.seconds()).hasSize(1);
        assertThat(longest(batch)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whatComesLateIsToldInASecondThatWasNotToldYet() {
        good(0, 500);
        List<Long> told = seconds(tally.take(at(1000)));
        good(600, 990);

        assertThat(seconds(tally.take(at(2000)))).doesNotContainAnyElementsOf(told).hasSize(1);
    }

    /** Whatever happens, every request is told once, and no second of a kind twice. */
    @Property(tries = 200)
    void nothingIsLostAndNothingIsToldTwice(
            @ForAll @Size(max = 60) List<@IntRange(min = -900, max = 900) Integer> outcomes,
            @ForAll @IntRange(min = 1, max = 7) int every) {
        Tally any = new Tally(BEGIN);
        List<ProbeSecond> told = new ArrayList<>();
        long now = 0;
        int requests = 0;
        int failures = 0;
        for (int outcome : outcomes) {
            Instant begun = at(now);
            now += 10 + Math.abs(outcome);
            any.begins("sql", begun);
            if (outcome < 0) {
                any.failed("sql", begun, at(now), "no");
                failures++;
            } else {
                any.succeeded("sql", begun, at(now));
            }
            if (++requests % every == 0) {
                told.addAll(any.take(at(now)).seconds());
            }
        }
        told.addAll(any.takeAll().seconds());

        assertThat(told.stream().mapToInt(ProbeSecond::total).sum()).isEqualTo(requests);
        assertThat(told.stream().mapToInt(ProbeSecond::failed).sum()).isEqualTo(failures);
        assertThat(told).extracting(ProbeSecond::second).doesNotHaveDuplicates();
    }

    private void good(long from, long until) {
        tally.begins("token", at(from));
        tally.succeeded("token", at(from), at(until));
    }

    private void bad(long from, long until) {
        tally.begins("token", at(from));
        tally.failed("token", at(from), at(until), "HTTP 502");
    }

    private static Instant at(long ms) {
        return BEGIN.plusMillis(ms);
    }

    private static List<Long> seconds(ProbeBatch batch) {
        return batch.seconds().stream().map(ProbeSecond::second).toList();
    }

    private static Duration longest(ProbeBatch batch) {
        return batch.seconds().stream()
                .map(ProbeSecond::gap)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
