package kolla.runbooks.galera;

import static kolla.runbooks.galera.GaleraNodes.OTHER;
import static kolla.runbooks.galera.GaleraNodes.RUN;
import static kolla.runbooks.galera.GaleraNodes.besideDiffers;
import static kolla.runbooks.galera.GaleraNodes.changed;
import static kolla.runbooks.galera.GaleraNodes.empty;
import static kolla.runbooks.galera.GaleraNodes.flagged;
import static kolla.runbooks.galera.GaleraNodes.marked;
import static kolla.runbooks.galera.GaleraNodes.member;
import static kolla.runbooks.galera.GaleraNodes.node;
import static kolla.runbooks.galera.GaleraNodes.starting;
import static kolla.runbooks.galera.GaleraNodes.stopped;
import static kolla.runbooks.galera.GaleraNodes.synced;
import static kolla.runbooks.galera.GaleraNodes.wsrep;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GaleraDecisionsTest {

    private static final GaleraDesired DESIRED = new GaleraDesired(List.of("a", "b", "c"), RUN);

    @Test
    void makesDataOnTheFirstHostWhenNobodyHasAny() {
        List<GaleraNode> seen = List.of(empty("a"), empty("b"), empty("c"));

        assertThat(decide(seen, "a")).isEqualTo(new GaleraDecision.MakeData(false));
        assertThat(decide(seen, "b")).isInstanceOf(GaleraDecision.Wait.class);
        assertThat(GaleraDecisions.order(DESIRED, seen)).containsExactly("a", "b", "c", "a");
    }

    @Test
    void refusesWhenAHostWasNotRead() {
        List<GaleraNode> seen =
                List.of(empty("a"), empty("b"), new GaleraNode.Unread("c", "no route"));

        assertThat(decide(seen, "a"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Refuse.class,
                        r -> {
                            assertThat(r.code()).isEqualTo("KR-GALERA-002");
                            assertThat(r.sentence()).contains("c (no route)");
                        });
    }

    @Test
    void refusesToTouchAnythingWhenUuidsDiffer() {
        GaleraNode.Read foreign =
                node("c", true, Optional.empty(), true, Optional.of(wsrep("Synced", 1, 3, OTHER)));

        assertThat(decide(List.of(synced("a", 2), synced("b", 2), foreign), "c"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-GALERA-003"));
    }

    @Test
    void namesTheRecoveryRunbookWhenDataExistsButNothingRuns() {
        assertThat(decide(List.of(stopped("a"), stopped("b"), stopped("c")), "a"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Refuse.class,
                        r -> {
                            assertThat(r.code()).isEqualTo("KR-GALERA-001");
                            assertThat(r.sentence()).contains("galera-recovery");
                        });
    }

    @Test
    void neverBootstrapsBesideAHostThatHasData() {
        assertThat(decide(List.of(empty("a"), empty("b"), stopped("c")), "a"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-GALERA-001"));
    }

    @Test
    void waitsForAClusterThatRunsButHasNoPrimaryYet() {
        assertThat(decide(List.of(starting("a"), starting("b"), starting("c")), "a"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Wait.class,
                        w -> assertThat(w.code()).isEqualTo("KR-GALERA-001"));
    }

    @Test
    void movesAHalfMadeDirectoryAsideWhenThisRunMadeIt() {
        List<GaleraNode> seen = List.of(marked("a", true, false, RUN), empty("b"), empty("c"));

        assertThat(decide(seen, "a")).isEqualTo(new GaleraDecision.MakeData(true));
    }

    @Test
    void leavesAHalfMadeDirectoryOfAnotherRunToAPerson() {
        List<GaleraNode> seen = List.of(marked("a", true, false, "run-0"), empty("b"), empty("c"));

        assertThat(decide(seen, "a"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-GALERA-005"));
    }

    @Test
    void attachesToTheJobThatIsStillThere() {
        GaleraNode.Read job =
                new GaleraNode.Read(
                        "a",
                        true,
                        Optional.empty(),
                        Optional.of(new BootstrapMark(RUN, false)),
                        true,
                        false,
                        false,
                        true,
                        true,
                        Optional.empty(),
                        0);

        assertThat(decide(List.of(job, empty("b"), empty("c")), "a"))
                .isEqualTo(new GaleraDecision.MakeData(false));
    }

    @Test
    void startsTheNewClusterFromMadeDataOfAnyRun() {
        List<GaleraNode> seen = List.of(marked("a", true, true, "run-0"), empty("b"), empty("c"));

        assertThat(decide(seen, "a")).isEqualTo(new GaleraDecision.StartNewCluster());
    }

    @Test
    void neverStartsANewClusterFromMadeDataWhenAnotherHostHasData() {
        List<GaleraNode> seen = List.of(marked("a", true, true, RUN), stopped("b"), empty("c"));

        assertThat(decide(seen, "a"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-GALERA-001"));
    }

    @Test
    void dropsTheMarkBeforeAnybodyJoins() {
        GaleraNode.Read first =
                flagged(
                        node(
                                "a",
                                true,
                                Optional.of(new BootstrapMark(RUN, true)),
                                true,
                                Optional.of(wsrep("Synced", 1, 1, GaleraNodes.UUID))));
        List<GaleraNode> seen = List.of(first, empty("b"), empty("c"));

        assertThat(decide(seen, "a")).isEqualTo(new GaleraDecision.EndBootstrap());
        assertThat(GaleraDecisions.order(DESIRED, seen)).containsExactly("a", "b", "c", "a");
    }

    @Test
    void goesOnJoiningAfterACrashBetweenBootstrapAndJoin() {
        List<GaleraNode> seen = List.of(flagged(synced("a", 1)), empty("b"), empty("c"));

        assertThat(GaleraDecisions.order(DESIRED, seen)).containsExactly("b", "c", "a");
        assertThat(decide(seen, "b")).isEqualTo(new GaleraDecision.Join());
        assertThat(decide(seen, "a")).isInstanceOf(GaleraDecision.Later.class);
    }

    @Test
    void startsTheFirstWithoutItsFlagWhenAllHaveJoined() {
        List<GaleraNode> seen = List.of(flagged(synced("a", 3)), synced("b", 3), synced("c", 3));

        assertThat(decide(seen, "a")).isEqualTo(new GaleraDecision.Replace());
        assertThat(GaleraDecisions.order(DESIRED, seen)).containsExactly("a");
    }

    @Test
    void joinsOneAtATime() {
        List<GaleraNode> joining =
                List.of(member("a", 2, "Donor/Desynced"), starting("b"), empty("c"));

        assertThat(decide(joining, "c")).isInstanceOf(GaleraDecision.Wait.class);
    }

    @Test
    void waitsForAJoinerThatTheViewCountsThoughItDoesNotAnswer() {
        List<GaleraNode> seen = List.of(synced("a", 2), starting("b"), empty("c"));

        assertThat(decide(seen, "c")).isInstanceOf(GaleraDecision.Wait.class);
        assertThat(decide(seen, "b")).isInstanceOf(GaleraDecision.Wait.class);
    }

    @Test
    void replacesAChangedMemberWhileAllAreSynced() {
        List<GaleraNode> seen =
                List.of(changed(synced("a", 3)), changed(synced("b", 3)), synced("c", 3));

        assertThat(decide(seen, "b")).isEqualTo(new GaleraDecision.Replace());
        assertThat(GaleraDecisions.order(DESIRED, seen)).containsExactly("b", "a");
    }

    @Test
    void refreshesWhatRunsBesideASyncedNodeWhileAnotherIsAway() {
        List<GaleraNode> seen =
                List.of(synced("a", 2), besideDiffers(synced("b", 2)), stopped("c"));

        assertThat(decide(seen, "b")).isEqualTo(new GaleraDecision.Refresh());
        assertThat(GaleraDecisions.order(DESIRED, seen)).containsExactly("c", "b");
    }

    @Test
    void refreshesBesideTheFirstBeforeTheOthersHaveJoined() {
        List<GaleraNode> seen =
                List.of(besideDiffers(flagged(synced("a", 1))), empty("b"), empty("c"));

        assertThat(decide(seen, "a")).isEqualTo(new GaleraDecision.Refresh());
    }

    @Test
    void waitsToReplaceAMemberWhileAnotherIsAway() {
        List<GaleraNode> seen = List.of(synced("a", 2), changed(synced("b", 2)), stopped("c"));

        assertThat(decide(seen, "b")).isInstanceOf(GaleraDecision.Wait.class);
        assertThat(GaleraDecisions.order(DESIRED, seen)).containsExactly("c", "b");
    }

    @Test
    void waitsWhenMembersSeeDifferentViews() {
        GaleraNode.Read split =
                node(
                        "c",
                        true,
                        Optional.empty(),
                        true,
                        Optional.of(wsrep("Synced", 1, 9, GaleraNodes.UUID)));

        assertThat(decide(List.of(synced("a", 2), synced("b", 2), changed(split)), "c"))
                .isInstanceOfSatisfying(
                        GaleraDecision.Wait.class,
                        w -> assertThat(w.code()).isEqualTo("KR-GALERA-003"));
    }

    @Test
    void doesNothingWhenAllIsWell() {
        List<GaleraNode> seen = List.of(synced("a", 3), synced("b", 3), synced("c", 3));

        assertThat(decide(seen, "a")).isEqualTo(new GaleraDecision.Nothing());
        assertThat(GaleraDecisions.order(DESIRED, seen)).isEmpty();
    }

    @Test
    void startsTheOnlyNodeOfAClusterOfOne() {
        GaleraDesired one = new GaleraDesired(List.of("a"), RUN);

        assertThat(GaleraDecisions.decide(one, List.of(stopped("a")), "a"))
                .isEqualTo(new GaleraDecision.Join());
    }

    private static GaleraDecision decide(List<GaleraNode> seen, String host) {
        return GaleraDecisions.decide(DESIRED, seen, host);
    }
}
