package kolla.runbooks.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Lease;
import kolla.runbooks.journal.RunId;
import org.junit.jupiter.api.Test;

/** What every database under the leases has to do alike. */
abstract class LeasesContract extends JournalFixture {

    @Test
    void givesALeaseToOneRunAndAgainToTheSame() {
        Lease lease = leases.take(cluster, run, "oscar");

        assertThat(leases.take(cluster, run, "oscar")).isEqualTo(lease);
        assertThat(leases.holder(cluster)).contains(lease);
        assertThat(leases.all()).contains(lease);
    }

    @Test
    void refusesALeaseThatAnotherRunHoldsAndSaysWho() {
        leases.take(cluster, run, "oscar");

        assertThatThrownBy(() -> leases.take(cluster, rival, "rita"))
                .isInstanceOfSatisfying(
                        RunbookFailure.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo("KR-LEASE-001");
                            assertThat(failure.remedy()).isEqualTo(RunbookFailure.Remedy.PERSON);
                        })
                .hasMessageContaining(cluster)
                .hasMessageContaining(run.value())
                .hasMessageContaining("oscar");
    }

    @Test
    void ofManyTakersExactlyOneGetsTheLease() throws Exception {
        List<RunId> got = java.util.Collections.synchronizedList(new ArrayList<>());

        atOnce(
                8,
                i -> {
                    RunId taker = new RunId("taker-" + i + unique);
                    try {
                        leases.take(cluster, taker, "oscar");
                        got.add(taker);
                    } catch (RunbookFailure held) {
                        assertThat(held.code()).isEqualTo("KR-LEASE-001");
                    }
                });

        assertThat(got).hasSize(1);
        assertThat(leases.holder(cluster).map(Lease::run)).contains(got.get(0));
    }

    @Test
    void theFenceGrowsWhenTheLeasePassesOn() {
        long first = leases.take(cluster, run, "oscar").fence();
        leases.release(run);
        assertThat(leases.holder(cluster)).isEmpty();

        long second = leases.take(cluster, rival, "rita").fence();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void releasingWhatOneDoesNotHoldChangesNothing() {
        leases.take(cluster, run, "oscar");

        leases.release(rival);

        assertThat(leases.holder(cluster).map(Lease::run)).contains(run);
    }
}
