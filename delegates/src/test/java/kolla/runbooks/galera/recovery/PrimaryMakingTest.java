package kolla.runbooks.galera.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.rollout.HealthWait;
import kolla.runbooks.rollout.KollaConvergence;
import org.junit.jupiter.api.Test;

/** One node is made the primary component: once, as promised, and with nothing left behind. */
class PrimaryMakingTest {

    private final RecoveryPlace place = new RecoveryPlace(40, 44, 41);
    private final GaleraRecovery recovery =
            new GaleraRecovery(
                    new KollaConvergence(new HealthWait(place.patience)), place.patience);

    private RecoveryPlan plan() {
        Proposal proposal = recovery.look(place.context, Optional.empty()).proposal();
        assertThat(proposal).isInstanceOf(Proposal.Recover.class);
        return ((Proposal.Recover) proposal).plan();
    }

    private void away(String host) {
        place.fakes
                .host(place.node(host).host)
                .fails(RunbookFailure.transientOn("KR-HOST-001", host, "not reachable", null));
    }

    @Test
    void theApprovedHostIsStartedAsANewComponentForThatOneStart() {
        RecoveryPlan plan = plan();
        String before = place.configuration("ctl2");

        recovery.makePrimary(place.context, plan);

        assertThat(place.node("ctl2").primary).isTrue();
        assertThat(place.node("ctl2").startedWith)
                .singleElement()
                .satisfies(s -> assertThat(s).contains("wsrep_cluster_address = gcomm://\n"));
        assertThat(place.configuration("ctl2")).isEqualTo(before);
        assertThat(place.journal.done())
                .containsExactly(
                        "ctl2 mark as safe to bootstrap",
                        "ctl2 settings for one start",
                        "ctl2 start mariadb",
                        "ctl2 take back the settings for one start");
    }

    @Test
    void everyHostIsLookedAtOnceWithItsPositionAndThenTheServerIsStarted() {
        RecoveryPlan plan = plan();
        for (String host : List.of("ctl1", "ctl2", "ctl3")) {
            place.engine(host).forgetCalls();
            place.node(host).disks = 0;
        }

        recovery.makePrimary(place.context, plan);

        for (String host : List.of("ctl1", "ctl2", "ctl3")) {
            assertThat(place.node(host).disks).as(host).isEqualTo(1);
            assertThat(place.engine(host).calls())
                    .as(host)
                    .containsOnlyOnce("run mariadb_wsrep_recover");
        }
        assertThat(place.engine("ctl2").calls())
                .containsSubsequence("run mariadb_wsrep_recover", "start mariadb");
    }

    @Test
    void withNothingToHaltNothingIsLookedAt() {
        place.node("ctl1").disks = 0;

        recovery.halt(place.context, List.of());

        assertThat(place.node("ctl1").disks).isZero();
    }

    @Test
    void doneAgainItFindsItsWorkDone() {
        RecoveryPlan plan = plan();
        recovery.makePrimary(place.context, plan);
        List<String> done = place.journal.done();

        recovery.makePrimary(place.context, plan);

        assertThat(place.journal.done()).isEqualTo(done);
        assertThat(place.node("ctl2").startedWith).hasSize(1);
    }

    @Test
    void nothingIsStartedBesideAPrimaryComponentThatCameUpMeanwhile() {
        RecoveryPlan plan = plan();
        place.serves("ctl3");

        assertThatThrownBy(() -> recovery.makePrimary(place.context, plan))
                .hasMessageContaining("KR-RECOVERY-009")
                .hasMessageContaining("a primary component lives on ctl3");
        assertThat(place.journal.done()).isEmpty();
    }

    @Test
    void nothingIsStartedWhenAnotherHostIsAheadNow() {
        RecoveryPlan plan = plan();
        place.engine("ctl3")
                .jobsEndWith(
                        new kolla.runbooks.containers.ContainerEngine.ExecResult(
                                0, "WSREP: Recovered position: " + Nodes.UUID + ":99\n", ""));

        assertThatThrownBy(() -> recovery.makePrimary(place.context, plan))
                .hasMessageContaining("KR-RECOVERY-009");
        assertThat(place.journal.done()).isEmpty();
    }

    @Test
    void aPromiseThatIsBrokenIsNotForgottenByARetry() {
        RecoveryPlan plan = plan();
        place.node("ctl2").seqno = 12;

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> recovery.makePrimary(place.context, plan))
                    .as("attempt %s", attempt)
                    .hasMessageContaining("KR-RECOVERY-011")
                    .hasMessageContaining("was promised");
        }
        assertThat(place.node("ctl2").startedWith).hasSize(1);
    }

    @Test
    void aServerThatEndsIsStoppedAndItsConfigurationIsAsItWas() {
        RecoveryPlan plan = plan();
        String before = place.configuration("ctl2");
        place.node("ctl2").startsThatEnd = 1;

        assertThatThrownBy(() -> recovery.makePrimary(place.context, plan))
                .hasMessageContaining("KR-RECOVERY-011")
                .hasMessageContaining("ended instead of becoming primary");
        assertThat(place.configuration("ctl2")).isEqualTo(before);
    }

    @Test
    void whoIsAbsentIsFencedAndTheDataNotedBeforeTheyPart() {
        away("ctl3");
        RecoveryPlan plan = plan();

        recovery.makePrimary(place.context, plan);

        assertThat(place.allowed).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(place.node("ctl2").branch).isEqualTo(place.journal.run().value());
        assertThat(place.journal.done())
                .containsSubsequence(
                        "ctl2 note the branch of the history",
                        "ctl2 start mariadb",
                        "ctl2 fence absent hosts");
    }

    @Test
    void whoComesBackAloneIsStoppedByTheNextLookAndJoinsEmpty() {
        away("ctl3");
        RecoveryPlan without = plan();
        recovery.makePrimary(place.context, without);
        recovery.join(place.context, without, "ctl1");
        place.fakes.host(place.node("ctl3").host).recovers();
        place.standsAlone("ctl3");

        RecoveryPlan plan = plan();

        assertThat(place.engine("ctl3").calls()).contains("stop mariadb");
        assertThat(place.journal.done()).contains("ctl3 stop the server that was left behind");
        assertThat(place.node("ctl2").primary).isTrue();
        assertThat(plan.aside()).containsExactly("ctl3");
        assertThat(plan.sentences()).anyMatch(s -> s.contains("left behind"));
    }

    @Test
    void twoComponentsOfOneUuidAreNotedAndNeitherIsTouched() {
        place.standsAlone("ctl1");
        place.standsAlone("ctl3");

        GaleraRecovery.Look look = recovery.look(place.context, Optional.empty());

        assertThat(look.proposal())
                .isInstanceOfSatisfying(
                        Proposal.Stop.class,
                        s -> assertThat(s.code()).isEqualTo("KR-RECOVERY-002"));
        assertThat(place.node("ctl1").branch).isNotEqualTo(place.node("ctl3").branch);
        assertThat(place.engine("ctl1").calls()).doesNotContain("stop mariadb");
        assertThat(place.engine("ctl3").calls()).doesNotContain("stop mariadb");
    }
}
