package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeGap;
import kolla.runbooks.journal.probe.ProbeSecond;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.ProbeSlot;
import kolla.runbooks.journal.probe.ProbeSpan;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.journal.probe.VipMove;
import org.junit.jupiter.api.Test;

/** What every database under the figures of a probe has to do alike. */
abstract class ProbesContract extends JournalFixture {

    @Test
    void aProbeIsHeldByOneProgramUntilItIsSilent() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        probes.ask(run, cluster);
        assertThat(probes.open()).extracting(ProbeState::run).contains(run);

        ProbeShift first = probes.take(run, "one", List.of("sql", "token"), LONG).orElseThrow();
        assertThat(probes.take(run, "two", List.of("sql"), LONG)).isEmpty();
        assertThat(probes.write(first, ProbeBatch.EMPTY)).isTrue();

        ProbeShift second = probes.take(run, "two", List.of("sql"), Duration.ZERO).orElseThrow();
        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(probes.write(first, ProbeBatch.EMPTY)).isFalse();
        assertThat(probes.write(second, ProbeBatch.EMPTY)).isTrue();
        assertThat(probes.spans(run)).extracting(ProbeSpan::node).containsExactly("one", "two");

        probes.leave(second);
        ProbeShift third = probes.take(run, "one", List.of("sql"), LONG).orElseThrow();
        probes.end(run);
        assertThat(probes.find(run).orElseThrow().phase()).isEqualTo(ProbeState.Phase.ENDING);
        assertThat(probes.write(third, ProbeBatch.EMPTY)).isTrue();
        probes.ended(third);
        assertThat(probes.open()).extracting(ProbeState::run).doesNotContain(run);
        assertThat(probes.take(run, "one", List.of("sql"), Duration.ZERO)).isEmpty();
        assertThat(probes.write(third, ProbeBatch.EMPTY)).isFalse();
    }

    @Test
    void ofManyProgramsExactlyOneTakesAProbe() throws Exception {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        AtomicInteger taken = new AtomicInteger();

        atOnce(
                8,
                i ->
                        probes.take(run, "node-" + i, List.of("sql"), LONG)
                                .ifPresent(shift -> taken.incrementAndGet()));

        assertThat(taken).hasValue(1);
    }

    @Test
    void figuresOfAProbeAreSummedBySecondsAndKinds() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        ProbeShift shift = probes.take(run, "one", List.of("sql", "token"), LONG).orElseThrow();
        Instant begin = Instant.parse("2026-03-01T03:00:00Z");
        long second = begin.getEpochSecond();
        Duration longGap = Duration.ofMillis(1700);
        probes.write(
                shift,
                new ProbeBatch(
                        List.of(
                                new ProbeSecond("sql", second, 5, 0, Duration.ofMillis(9), begin),
                                new ProbeSecond("sql", second + 1, 5, 2, longGap, begin),
                                new ProbeSecond(
                                        "token", second + 1, 1, 0, Duration.ofMillis(400), begin)),
                        List.of(
                                new ProbeFailure(
                                        "sql", begin, Duration.ofMillis(3), "Connection refused")),
                        Map.of("sql", Map.of(10, 7L, 11, 1L))));
        probes.write(
                shift,
                new ProbeBatch(
                        List.of(new ProbeSecond("sql", second + 2, 4, 1, Duration.ZERO, begin)),
                        List.of(),
                        Map.of("sql", Map.of(10, 3L))));

        assertThat(probes.sums(run, begin))
                .containsExactly(
                        new ProbeSum(
                                "sql",
                                14,
                                3,
                                Optional.of(begin.plusSeconds(1)),
                                Optional.of(begin.plusSeconds(2)),
                                begin.plusSeconds(2)),
                        new ProbeSum(
                                "token",
                                1,
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                begin.plusSeconds(1)));
        assertThat(probes.sums(run, begin.plusSeconds(2)))
                .extracting(ProbeSum::total)
                .containsExactly(4L);
        assertThat(probes.gaps(run, begin))
                .containsExactly(
                        new ProbeGap("sql", longGap, begin),
                        new ProbeGap("token", Duration.ofMillis(400), begin));
        assertThat(probes.failures(run, begin, 9))
                .containsExactly(
                        new ProbeFailure("sql", begin, Duration.ofMillis(3), "Connection refused"));
        assertThat(probes.latencies(run)).isEqualTo(Map.of("sql", Map.of(10, 10L, 11, 1L)));
        assertThat(probes.slots(run, begin, 3600))
                .containsExactly(
                        new ProbeSlot("sql", second / 3600, 14, 3, longGap),
                        new ProbeSlot("token", second / 3600, 1, 0, Duration.ofMillis(400)));
    }

    @Test
    void aProbeKnowsTheMovesOfTheAddressThatItsRunAnnounced() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));

        VipMove.announce(journals.unfenced(run, "convergeBatch", List.of()), "ctl1", "10.0.0.9");

        assertThat(probes.vipMoves(run)).extracting(VipMove::host).containsExactly("ctl1");
        assertThat(probes.vipMoves(rival)).isEmpty();
    }

    @Test
    void aBudgetBeginsWithTheCallersTransaction() {
        Probes probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, cluster);
        Instant later = probes.now().plusSeconds(30).truncatedTo(ChronoUnit.MICROS);

        probes.count(run, later.minusSeconds(10));
        probes.startBudget(run, later);

        ProbeState state = probes.find(run).orElseThrow();
        assertThat(state.countsFrom()).isEqualTo(later.minusSeconds(10));
        assertThat(state.budgetFrom()).isEqualTo(later);
    }
}
