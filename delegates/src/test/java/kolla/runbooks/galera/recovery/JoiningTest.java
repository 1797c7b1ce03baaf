package kolla.runbooks.galera.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import kolla.runbooks.rollout.HealthWait;
import kolla.runbooks.rollout.KollaConvergence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node joins the primary component and is followed until it is Synced. */
class JoiningTest {

    private final RecoveryPlace place = new RecoveryPlace(50, 50, 41);
    private final GaleraRecovery recovery =
            new GaleraRecovery(
                    new KollaConvergence(new HealthWait(place.patience)), place.patience);

    @BeforeEach
    void twoServe() {
        place.serves("ctl1", "ctl2");
    }

    private RecoveryPlan plan() {
        Proposal proposal = recovery.look(place.context, Optional.empty()).proposal();
        assertThat(proposal).isInstanceOf(Proposal.Recover.class);
        return ((Proposal.Recover) proposal).plan();
    }

    @Test
    void itIsStartedAsItIs() {
        recovery.join(place.context, plan(), "ctl3");

        assertThat(place.node("ctl3").primary).isTrue();
        assertThat(place.node("ctl3").startedWith).containsExactly("");
        assertThat(place.journal.done()).containsExactly("ctl3 start mariadb");
    }

    @Test
    void whileItStartsOnlyItsServerIsAsked() {
        RecoveryPlan plan = plan();
        place.node("ctl3").answersUntilMember = 3;
        forgetLooks();

        recovery.join(place.context, plan, "ctl3");

        assertThat(place.node("ctl3").primary).isTrue();
        assertThat(place.node("ctl3").asked).isEqualTo(4);
        assertThat(place.node("ctl3").disks).isEqualTo(1);
        assertThat(place.node("ctl1").asked).isEqualTo(1);
        assertThat(place.node("ctl2").disks).isEqualTo(1);
    }

    @Test
    void whoMayDonateIsLookedAtEveryThreeSeconds() {
        RecoveryPlan plan = plan();
        place.node("ctl3").answersUntilMember = 14;
        forgetLooks();

        recovery.join(place.context, plan, "ctl3");

        // a look a second, and each look at all of them asks this one twice
        assertThat(place.node("ctl3").asked).isEqualTo(15);
        assertThat(place.node("ctl1").asked).isEqualTo(1 + 3);
    }

    private void forgetLooks() {
        for (String host : java.util.List.of("ctl1", "ctl2", "ctl3")) {
            place.node(host).asked = 0;
            place.node(host).disks = 0;
        }
    }

    @Test
    void whoIsSyncedAlreadyIsLeftAlone() {
        RecoveryPlan plan = plan();
        place.serves("ctl3");

        recovery.join(place.context, plan, "ctl3");

        assertThat(place.journal.done()).isEmpty();
    }

    @Test
    void dataThatAreAheadAreMovedAsideOnceHoweverOftenTheStepIsTried() {
        place.node("ctl3").seqno = 60;
        place.engine("ctl3")
                .jobsEndWith(
                        new kolla.runbooks.containers.ContainerEngine.ExecResult(
                                0, "WSREP: Recovered position: " + Nodes.UUID + ":60\n", ""));
        RecoveryPlan plan = plan();
        assertThat(plan.aside()).containsExactly("ctl3");

        recovery.join(place.context, plan, "ctl3");
        place.engine("ctl3").stop("mariadb", java.time.Duration.ZERO);
        recovery.join(place.context, plan, "ctl3");

        assertThat(place.journal.done()).containsOnlyOnce("ctl3 move the data aside");
    }

    @Test
    void aTransferThatBreaksIsTriedAgainFromAnotherDonorWithWhatItLeftAside() {
        place.node("ctl3").startsThatEnd = 1;

        recovery.join(place.context, plan(), "ctl3");

        assertThat(place.node("ctl3").primary).isTrue();
        assertThat(place.node("ctl3").startedWith.get(1)).contains("wsrep_sst_donor = ctl1,");
        assertThat(place.journal.done())
                .containsSubsequence(
                        "ctl3 start mariadb", "ctl3 move the data aside", "ctl3 start mariadb");
        assertThat(place.configuration("ctl3")).doesNotContain("wsrep_sst_donor");
    }

    @Test
    void aServerThatEndsWhileItIsAskedIsTriedAgainLikeAnyOther() {
        RecoveryPlan plan = plan();
        place.node("ctl3").endsWhileAsked = true;

        recovery.join(place.context, plan, "ctl3");

        assertThat(place.node("ctl3").primary).isTrue();
        assertThat(place.journal.done())
                .containsSubsequence(
                        "ctl3 start mariadb", "ctl3 move the data aside", "ctl3 start mariadb");
    }

    @Test
    void whatABrokenTransferLeftIsMovedAsideAlsoByTheNextAttemptOfTheStep() {
        RecoveryPlan plan = plan();
        place.node("ctl3").transferBroken = true;

        recovery.join(place.context, plan, "ctl3");

        assertThat(place.journal.done())
                .containsExactly("ctl3 move the data aside", "ctl3 start mariadb");
    }

    @Test
    void afterThreeStartsThatEndItIsLeftStoppedAndTheOthersServe() {
        place.node("ctl3").startsThatEnd = 9;

        assertThatThrownBy(() -> recovery.join(place.context, plan(), "ctl3"))
                .hasMessageContaining("KR-RECOVERY-012")
                .hasMessageContaining("ended 3 times");
        assertThat(place.node("ctl3").startedWith).hasSize(3);
        assertThat(place.node("ctl1").primary).isTrue();
    }

    @Test
    void aFencedHostIsNamedBeforeItStartsAndTheFenceFallsWhenAllAreInside() {
        place.allowed.add("192.0.2.1");
        place.allowed.add("192.0.2.2");
        place.node("ctl1").branch = "run-a";
        place.node("ctl2").branch = "run-a";

        recovery.join(place.context, plan(), "ctl3");

        assertThat(place.node("ctl3").branch).isEqualTo("run-a");
        assertThat(place.allowed).isEmpty();
        assertThat(place.journal.done())
                .containsSubsequence(
                        "ctl1 fence absent hosts",
                        "ctl3 move the data aside",
                        "ctl3 note the branch of the history",
                        "ctl3 start mariadb",
                        "ctl3 lift the fence");
    }

    @Test
    void withoutAPrimaryComponentNothingIsStarted() {
        RecoveryPlan plan = plan();
        place.engine("ctl1").stop("mariadb", java.time.Duration.ZERO);
        place.engine("ctl2").stop("mariadb", java.time.Duration.ZERO);

        assertThatThrownBy(() -> recovery.join(place.context, plan, "ctl3"))
                .hasMessageContaining("KR-RECOVERY-009");
        assertThat(place.node("ctl3").startedWith).isEmpty();
    }
}
