package kolla.runbooks.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.app.runs.OutageWatch.Sight;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.journal.Lease;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Outages;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import org.junit.jupiter.api.Test;

class OutageWatchTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T03:00:00Z");

    private final Map<String, Sight> sights = new HashMap<>(Map.of("lab", Sight.SERVES));
    private final List<StartRequest> asked = new ArrayList<>();
    private final SharedOutages outages = new SharedOutages();
    private Optional<Lease> lease = Optional.empty();
    private boolean ended;
    private Instant now = BEGIN;
    private final OutageWatch watch = watch();

    private OutageWatch watch() {
        return new OutageWatch(
                "galera-watch",
                "galera-recovery",
                Duration.ofMinutes(5),
                cluster -> {
                    if (!sights.containsKey(cluster)) {
                        throw new IllegalStateException("definition of " + cluster + " is broken");
                    }
                    return sights.get(cluster);
                },
                new OneCluster(),
                new OneLease(),
                outages,
                request -> {
                    boolean fresh =
                            asked.stream().noneMatch(a -> a.ticket().equals(request.ticket()));
                    asked.add(request);
                    return new Started(run(request), fresh);
                },
                new SimpleMeterRegistry(),
                () -> now);
    }

    @Test
    void opensNothingWhileTheClusterServesOrTheOutageIsShort() {
        after(Duration.ZERO, Sight.SERVES);
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(4), Sight.OUT);

        assertThat(asked).isEmpty();
        assertThat(watch.seconds("lab")).contains(240L);
    }

    @Test
    void opensARunWhenTheOutageLasts() {
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(5), Sight.OUT);

        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).runbook()).isEqualTo("galera-recovery");
        assertThat(asked.get(0).cluster()).isEqualTo("lab");
        assertThat(asked.get(0).reason()).contains("out since 2026-03-01T03:01:00Z", "5 min");
    }

    @Test
    void theTicketIsTheSameForOneOutageWhicheverProgramSeesIt() {
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(6), Sight.OUT);
        OutageWatch another = watch();
        another.round();

        assertThat(asked)
                .extracting(StartRequest::ticket)
                .hasSize(2)
                .containsOnly(asked.get(0).ticket());
        assertThat(asked.get(0).ticket())
                .matches(kolla.runbooks.steps.RunRequest.TICKET)
                .startsWith("galera-watch-lab-");
    }

    @Test
    void theNextOutageHasAnotherTicket() {
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(6), Sight.OUT);
        after(Duration.ofMinutes(1), Sight.SERVES);
        assertThat(watch.seconds("lab")).contains(0L);
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(6), Sight.OUT);

        assertThat(asked).extracting(StartRequest::ticket).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void whatCannotBeToldNeitherBeginsNorEndsAnOutage() {
        after(Duration.ofMinutes(9), Sight.UNKNOWN);
        assertThat(asked).isEmpty();
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(3), Sight.UNKNOWN);
        after(Duration.ofMinutes(3), Sight.OUT);

        assertThat(asked).hasSize(1);
    }

    @Test
    void waitsWhileAnotherRunHoldsTheLease() {
        lease = Optional.of(new Lease("lab", new RunId("deploy-1"), 7, "olivia", BEGIN));
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(9), Sight.OUT);
        assertThat(asked).isEmpty();

        lease = Optional.empty();
        after(Duration.ofMinutes(1), Sight.OUT);
        assertThat(asked).hasSize(1);
    }

    @Test
    void anIntruderIsAnsweredAtOnceByOneRun() {
        after(Duration.ofMinutes(1), Sight.INTRUDED);
        after(Duration.ofSeconds(1), Sight.INTRUDED);

        assertThat(asked).extracting(StartRequest::ticket).hasSize(2).containsOnly(ticket(0));
        assertThat(ticket(0))
                .matches(kolla.runbooks.steps.RunRequest.TICKET)
                .startsWith("galera-watch-fence-lab-");
        assertThat(asked.get(0).reason()).contains("left behind", "2026-03-01T03:01:00Z");
        assertThat(watch.seconds("lab")).contains(0L);
    }

    @Test
    void anIntruderThatComesBackAfterItsRunHasEndedIsAnsweredByAnotherRun() {
        after(Duration.ofMinutes(1), Sight.INTRUDED);
        ended = true;
        after(Duration.ofSeconds(1), Sight.INTRUDED);
        after(Duration.ofSeconds(1), Sight.INTRUDED);

        assertThat(ticket(1)).isEqualTo(ticket(0));
        assertThat(ticket(2)).isNotEqualTo(ticket(0));
    }

    @Test
    void anIntruderOpensNothingWhileARunHoldsTheLease() {
        lease = Optional.of(new Lease("lab", new RunId("deploy-1"), 7, "olivia", BEGIN));
        after(Duration.ofMinutes(1), Sight.INTRUDED);

        assertThat(asked).isEmpty();
    }

    @Test
    void aClusterThatCannotBeLookedAtDoesNotKeepTheWatchFromTheNextRound() {
        sights.clear();
        watch.round();
        after(Duration.ofMinutes(1), Sight.OUT);
        after(Duration.ofMinutes(6), Sight.OUT);

        assertThat(asked).hasSize(1);
    }

    private String ticket(int index) {
        return asked.get(index).ticket();
    }

    private void after(Duration time, Sight sight) {
        now = now.plus(time);
        sights.put("lab", sight);
        watch.round();
    }

    private Run run(StartRequest request) {
        return new Run(
                new RunId("galera-recovery-1"),
                request.cluster(),
                request.runbook(),
                request.ticket(),
                request.reason(),
                "{}",
                "galera-watch",
                Optional.empty(),
                BEGIN,
                ended ? Optional.of(now) : Optional.empty(),
                Optional.empty());
    }

    private static final class OneCluster implements Clusters {
        @Override
        public List<String> names() {
            return List.of("lab");
        }

        @Override
        public Cluster read(String name, Map<String, String> extra) {
            throw new IllegalArgumentException(name);
        }
    }

    private final class SharedOutages implements Outages {
        private final Map<String, Instant> since = new HashMap<>();

        @Override
        public Instant goesOn(String watch, String cluster) {
            return since.computeIfAbsent(watch + cluster, k -> now);
        }

        @Override
        public void over(String watch, String cluster) {
            since.remove(watch + cluster);
        }
    }

    private final class OneLease implements Leases {
        @Override
        public Lease take(String cluster, RunId run, String starter) {
            throw new AssertionError("a watch only asks who holds the lease");
        }

        @Override
        public Optional<Lease> holder(String cluster) {
            return lease;
        }

        @Override
        public List<Lease> all() {
            return lease.stream().toList();
        }

        @Override
        public void release(RunId run) {
            throw new AssertionError("a watch only asks who holds the lease");
        }

        @Override
        public void fence(List<RunId> runs) {
            throw new AssertionError("a watch only asks who holds the lease");
        }
    }
}
