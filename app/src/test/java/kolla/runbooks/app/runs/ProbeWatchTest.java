package kolla.runbooks.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.journal.jdbc.DatabaseClock;
import kolla.runbooks.journal.jdbc.JdbcProbes;
import kolla.runbooks.journal.jdbc.JdbcRuns;
import kolla.runbooks.journal.jdbc.JournalSchema;
import kolla.runbooks.journal.jdbc.OwnTransactions;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.ProbeState.Phase;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.probe.CloudProbe;
import kolla.runbooks.probe.ProbePart;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two programs' watches on one journal; what they do in the cloud is played. */
class ProbeWatchTest {

    private static JdbcConnectionPool database;

    private final RunId run = new RunId("roll-" + UUID.randomUUID().toString().substring(0, 8));
    private final List<PlayedPart> parts = new ArrayList<>();
    private Probes probes;
    private Runs runs;
    private ProbeWatch one;
    private ProbeWatch two;
    private boolean readable = true;

    @BeforeAll
    static void startDatabase() {
        database =
                JdbcConnectionPool.create(
                        "jdbc:h2:mem:watch;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
        JournalSchema.bringUp(database);
    }

    @AfterAll
    static void stopDatabase() {
        database.dispose();
    }

    @BeforeEach
    void aRunAsksForAProbe() {
        OwnTransactions own = new OwnTransactions(database);
        DatabaseClock clock = new DatabaseClock(own);
        probes = new JdbcProbes(own, own, clock);
        probes.open().forEach(p -> probes.end(p.run()));
        runs = new JdbcRuns(own, clock);
        runs.register(
                new Run(
                        run,
                        "lab",
                        "rolling-upgrade",
                        run.value(),
                        "",
                        "{}",
                        "olivia",
                        Optional.empty(),
                        Instant.now(),
                        Optional.empty(),
                        Optional.empty()));
        probes.ask(run, "lab");
        one = watch("one");
        two = watch("two");
    }

    private ProbeWatch watch(String node) {
        return new ProbeWatch(node, probes, runs, state -> draft(node, state));
    }

    private CloudProbe.Draft draft(String node, ProbeState state) {
        if (!state.run().equals(run)) {
            throw new IllegalArgumentException("of another test");
        }
        if (!readable) {
            throw new IllegalStateException("globals.yml: line 3 is no YAML");
        }
        return new CloudProbe.Draft() {
            @Override
            public List<String> kinds() {
                return List.of("sql");
            }

            @Override
            public ProbePart part(ProbeShift shift) {
                PlayedPart part = new PlayedPart(node, shift);
                parts.add(part);
                return part;
            }
        };
    }

    @Test
    void oneProgramProbesAndTheOtherDoesNot() {
        one.round();
        two.round();
        one.round();

        assertThat(parts).extracting(p -> p.node).containsExactly("one");
        assertThat(parts.get(0).started).isEqualTo(1);
        assertThat(state().kinds()).containsExactly("sql");
    }

    @Test
    void aProgramThatStopsHandsTheProbeOnAtOnce() {
        one.round();
        one.stop();
        two.round();

        assertThat(parts).extracting(p -> p.node).containsExactly("one", "two");
        assertThat(state().shift()).isEqualTo(2);
    }

    @Test
    void theSameProgramStartedAgainGoesOnAtOnce() {
        one.round();
        ProbeWatch again = watch("one");
        again.round();

        assertThat(parts).hasSize(2);
        assertThat(state().shift()).isEqualTo(2);
    }

    @Test
    void whoseShiftWasTakenIsForgotten() {
        one.round();
        parts.get(0).lost = true;
        probes.leave(parts.get(0).shift);
        one.round();

        assertThat(parts).hasSize(2);
    }

    @Test
    void aProbeEndsWithItsRunAlsoWhenNobodyStoppedIt() {
        one.round();
        runs.end(run, Run.Result.CANCELLED);
        one.round();

        Awaitility.await("the probe has ended")
                .atMost(Duration.ofSeconds(10))
                .until(() -> state().phase() == Phase.ENDED);
        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).ends).hasValue(1);
    }

    @Test
    void whatADeadProgramLeftIsTakenAwayByAnother() {
        ProbeShift dead = probes.take(run, "dead", List.of("sql"), Duration.ZERO).orElseThrow();
        probes.write(dead, ProbeBatch.EMPTY);
        probes.end(run);
        one.round();
        assertThat(parts).as("it may live still").isEmpty();

        probes.leave(dead);
        one.round();

        Awaitility.await("the probe has ended")
                .atMost(Duration.ofSeconds(10))
                .until(() -> state().phase() == Phase.ENDED);
        assertThat(parts.get(0).started).as("nothing was probed any more").isZero();
    }

    @Test
    void aCleanUpThatFailsIsTriedAgain() {
        one.round();
        parts.get(0).endsAfter = 2;
        probes.end(run);

        Awaitility.await("the probe has ended")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            one.round();
                            return state().phase() == Phase.ENDED;
                        });
        assertThat(parts.get(0).ends).hasValue(2);
    }

    @Test
    void aClusterThatCannotBeReadIsTriedAgain() {
        readable = false;
        one.round();
        assertThat(state().holder()).isEmpty();

        readable = true;
        one.round();
        assertThat(state().holder()).contains("one");
    }

    private ProbeState state() {
        return probes.find(run).orElseThrow();
    }

    private final class PlayedPart implements ProbePart {
        private final String node;
        private final ProbeShift shift;
        private final AtomicInteger ends = new AtomicInteger();
        private int started;
        private int endsAfter = 1;
        private volatile boolean lost;

        PlayedPart(String node, ProbeShift shift) {
            this.node = node;
            this.shift = shift;
        }

        @Override
        public void start() {
            started++;
        }

        @Override
        public void hold() {}

        @Override
        public boolean lost() {
            return lost;
        }

        @Override
        public void end() {
            if (ends.incrementAndGet() < endsAfter) {
                throw new IllegalStateException("no node is Synced");
            }
            probes.ended(shift);
        }

        @Override
        public void leave() {
            probes.leave(shift);
        }
    }
}
