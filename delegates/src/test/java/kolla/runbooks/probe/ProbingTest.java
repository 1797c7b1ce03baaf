package kolla.runbooks.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import kolla.runbooks.journal.Masker;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.jdbc.DatabaseClock;
import kolla.runbooks.journal.jdbc.JdbcProbes;
import kolla.runbooks.journal.jdbc.JournalSchema;
import kolla.runbooks.journal.jdbc.OwnTransactions;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.Probes;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One program's part, with a cloud that the test plays and the journal's real tables. */
class ProbingTest {

    private static JdbcConnectionPool database;

    private final RunId run = new RunId("roll-" + UUID.randomUUID().toString().substring(0, 8));
    private final AtomicBoolean works = new AtomicBoolean(true);
    private final AtomicBoolean lodgingWorks = new AtomicBoolean(true);
    private final AtomicReference<Duration> frozen = new AtomicReference<>(Duration.ZERO);
    private final ConcurrentLinkedQueue<String> lodgings = new ConcurrentLinkedQueue<>();
    private final InstantSource clock = () -> Instant.now().plus(frozen.get());
    private Probes probes;
    private Probing probing;

    @BeforeAll
    static void startDatabase() {
        database =
                JdbcConnectionPool.create(
                        "jdbc:h2:mem:probing;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
        JournalSchema.bringUp(database);
    }

    @AfterAll
    static void stopDatabase() {
        database.dispose();
    }

    @BeforeEach
    void ask() {
        OwnTransactions own = new OwnTransactions(database);
        probes = new JdbcProbes(own, own, new DatabaseClock(own));
        probes.ask(run, "lab");
        probing = part("one", clock);
    }

    @AfterEach
    void end() {
        lodgingWorks.set(true);
        probing.end();
    }

    private Probing part(String node, InstantSource itsClock) {
        ProbeShift shift =
                probes.take(run, node, List.of("api", "sql"), Duration.ofSeconds(8)).orElseThrow();
        return new Probing(
                probes,
                shift,
                node,
                List.of(
                        new Target(
                                "api",
                                Duration.ofMillis(50),
                                "vip:1",
                                Optional.empty(),
                                () -> new PlayedUse("api")),
                        new Target(
                                "sql",
                                Duration.ofMillis(50),
                                "vip:2",
                                Optional.of(new PlayedLodging()),
                                () -> new PlayedUse("sql"))),
                new Masker(List.of("s3cret")),
                (kind, succeeded, took) -> {},
                itsClock);
    }

    @Test
    void writesEverySecondWhatItSaw() {
        probing.start();

        await("both kinds are counted", () -> sum("api").total() > 20 && sum("sql").total() > 20);
        assertThat(sum("api").failed()).isZero();
        assertThat(probes.find(run).flatMap(ProbeState::silence).orElseThrow())
                .isLessThan(Duration.ofSeconds(4));
        // what was seen in the present second is told with the next
        long counted = sum("api").total();
        assertThat(probes.latencies(run).get("api").values().stream().mapToLong(n -> n).sum())
                .isGreaterThanOrEqualTo(counted);
    }

    @Test
    void aFailureIsKeptWithItsSentenceAndWithoutSecrets() {
        works.set(false);
        probing.start();

        await("failures are kept", () -> !probes.failures(run, Instant.EPOCH, 5).isEmpty());
        assertThat(probes.failures(run, Instant.EPOCH, 5).get(0).sentence())
                .contains("refused")
                .doesNotContain("s3cret");
        assertThat(sum("api").failed()).isEqualTo(sum("api").total());
    }

    @Test
    void whatNeedsAnAccountIsProbedWhenItStandsAndTheRestAtOnce() {
        lodgingWorks.set(false);
        probing.start();

        await("the trouble is told", () -> !probes.find(run).orElseThrow().trouble().isEmpty());
        assertThat(probes.find(run).orElseThrow().trouble())
                .contains("played account", "no node is Synced")
                .doesNotContain("s3cret");
        await("the rest is probed", () -> sum("api").total() > 0);
        assertThat(sum("sql").total()).isZero();

        lodgingWorks.set(true);
        await("it is probed", () -> sum("sql").total() > 0);
        assertThat(probes.find(run).orElseThrow().trouble()).isEmpty();
    }

    @Test
    void anEndIsDoneOnlyWhenTheAccountsAreGone() {
        probing.start();
        await("the account stands", () -> lodgings.contains("make"));

        lodgingWorks.set(false);
        assertThatThrownBy(probing::end).hasMessageContaining("no node is Synced");
        assertThat(probes.find(run).orElseThrow().phase()).isNotEqualTo(ProbeState.Phase.ENDED);

        lodgingWorks.set(true);
        probing.end();
        assertThat(probes.find(run).orElseThrow().phase()).isEqualTo(ProbeState.Phase.ENDED);
        assertThat(lodgings).contains("remove");
    }

    @Test
    void theTimeInWhichTheProgramStoodStillWasNotObserved() {
        probing.start();
        await("it probes", () -> sum("api").total() > 10);
        long failedBefore = sum("api").failed();

        frozen.set(Duration.ofSeconds(60));
        await("a new shift began", () -> probes.spans(run).size() == 2);
        await("it goes on", () -> probes.find(run).orElseThrow().shift() == 2);

        assertThat(sum("api").failed()).isEqualTo(failedBefore);
        await("it counts again", () -> sum("api").total() > 15);
        assertThat(probes.gaps(run, Instant.EPOCH))
                .allMatch(g -> g.length().compareTo(Duration.ofSeconds(30)) < 0);
    }

    @Test
    void whoseShiftWasTakenDoesNothingMore() {
        probing.start();
        await("it probes", () -> sum("api").total() > 0);
        ProbeShift other = probes.take(run, "two", List.of("api"), Duration.ZERO).orElseThrow();

        await("it hears of it", probing::lost);

        probing = part("two", InstantSource.system());
        assertThat(other.number()).isEqualTo(2);
        assertThat(lodgings).doesNotContain("remove");
    }

    private ProbeSum sum(String kind) {
        return probes.sums(run, Instant.EPOCH).stream()
                .filter(s -> s.kind().equals(kind))
                .findFirst()
                .orElseGet(
                        () ->
                                new ProbeSum(
                                        kind,
                                        0,
                                        0,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Instant.EPOCH));
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
    }

    private final class PlayedUse implements Use {
        private final String kind;

        PlayedUse(String kind) {
            this.kind = kind;
        }

        @Override
        public void once() throws IOException {
            if (!works.get()) {
                throw new IOException(kind + " refused the password s3cret");
            }
        }

        @Override
        public void close() {}
    }

    private final class PlayedLodging implements Lodging {
        @Override
        public String name() {
            return "played account";
        }

        @Override
        public void make() {
            check();
            lodgings.add("make");
        }

        @Override
        public void remove() {
            check();
            lodgings.add("remove");
        }

        private void check() {
            if (!lodgingWorks.get()) {
                throw new IllegalStateException("no node is Synced, s3cret");
            }
        }
    }
}
