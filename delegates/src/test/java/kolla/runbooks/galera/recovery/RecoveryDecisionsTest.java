package kolla.runbooks.galera.recovery;

import static kolla.runbooks.galera.recovery.Nodes.OTHER;
import static kolla.runbooks.galera.recovery.Nodes.UUID;
import static kolla.runbooks.galera.recovery.Nodes.branched;
import static kolla.runbooks.galera.recovery.Nodes.data;
import static kolla.runbooks.galera.recovery.Nodes.empty;
import static kolla.runbooks.galera.recovery.Nodes.live;
import static kolla.runbooks.galera.recovery.Nodes.nonPrimary;
import static kolla.runbooks.galera.recovery.Nodes.primary;
import static kolla.runbooks.galera.recovery.Nodes.silent;
import static kolla.runbooks.galera.recovery.Nodes.status;
import static kolla.runbooks.galera.recovery.Nodes.stopped;
import static kolla.runbooks.galera.recovery.Nodes.transferBroken;
import static kolla.runbooks.galera.recovery.Nodes.unread;
import static kolla.runbooks.galera.recovery.Nodes.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.RecoveryPlan.Way;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each row of the decision and their mixtures. */
class RecoveryDecisionsTest {

    private static Proposal decide(NodeEvidence... seen) {
        return RecoveryDecisions.decide(List.of(seen), Optional.empty());
    }

    private static RecoveryPlan plan(NodeEvidence... seen) {
        Proposal proposal = decide(seen);
        assertThat(proposal).isInstanceOf(Proposal.Recover.class);
        return ((Proposal.Recover) proposal).plan();
    }

    private static void stops(String code, Proposal proposal) {
        assertThat(proposal).isInstanceOf(Proposal.Stop.class);
        assertThat(((Proposal.Stop) proposal).code()).isEqualTo(code);
    }

    @Nested
    class APrimaryComponentLives {

        @Test
        void withAllNodesThereIsNothingToDo() {
            assertThat(decide(primary("n1", 3, 50), primary("n2", 3, 50), primary("n3", 3, 50)))
                    .isInstanceOf(Proposal.Nothing.class);
        }

        @Test
        void aMissingNodeRejoinsWithoutABootstrap() {
            RecoveryPlan plan = plan(primary("n1", 2, 50), stopped("n2", 40), primary("n3", 2, 50));

            assertThat(plan.way()).isEqualTo(Way.REJOIN);
            assertThat(plan.joiners()).containsExactly("n2");
            assertThat(plan.aside()).isEmpty();
            assertThat(plan.halted()).isEmpty();
            assertThat(plan.approvals()).isEqualTo(1);
        }

        @Test
        void aNodeAheadOfItIsMovedAsideByTwoPeople() {
            RecoveryPlan plan = plan(primary("n1", 2, 50), stopped("n2", 60), primary("n3", 2, 50));

            assertThat(plan.aside()).containsExactly("n2");
            assertThat(plan.approvals()).isEqualTo(2);
            assertThat(plan.sentences()).anyMatch(s -> s.contains("ahead of the component"));
        }

        @Test
        void dataOfAnotherHistoryAreMovedAside() {
            assertThat(
                            plan(
                                            primary("n1", 2, 50),
                                            stopped("n2", OTHER, 4),
                                            primary("n3", 2, 50))
                                    .aside())
                    .containsExactly("n2");
        }

        @Test
        void unreadableDataAreMovedAsideAndAnEmptyNodeJustJoins() {
            RecoveryPlan plan = plan(primary("n1", 1, 50), unreadable("n2"), empty("n3"));

            assertThat(plan.joiners()).containsExactly("n2", "n3");
            assertThat(plan.aside()).containsExactly("n2");
        }

        @Test
        void aFencedNodeJoinsEmpty() {
            LiveNode fencing =
                    new LiveNode(
                            status("Primary", "Synced", 2, 7, UUID),
                            50,
                            "10.11.19-MariaDB",
                            List.of("172.16.0.1", "172.16.0.2"));
            Read member = primary("n1", 2, 50);
            Read fencer =
                    new Read(
                            "n1",
                            member.address(),
                            member.server(),
                            "unless-stopped",
                            Optional.of(fencing),
                            member.data(),
                            member.recovered(),
                            false,
                            1,
                            0);

            assertThat(plan(fencer, primary("n2", 2, 50), stopped("n3", 45)).aside())
                    .containsExactly("n3");
        }

        @Test
        void aTransferUnderWayIsWaitedFor() {
            Read donor = live("n1", status("Primary", "Donor/Desynced", 2, 7, UUID), 50);

            assertThat(decide(donor, silent("n2", true), primary("n3", 2, 50)))
                    .isInstanceOf(Proposal.Wait.class);
        }

        @Test
        void aServerThatEndsOverAndOverIsHaltedFirst() {
            assertThat(decide(primary("n1", 2, 50), silent("n2", false), primary("n3", 2, 50)))
                    .isEqualTo(
                            new Proposal.Halt(
                                    List.of("n2"),
                                    decide(
                                                    primary("n1", 2, 50),
                                                    silent("n2", false),
                                                    primary("n3", 2, 50))
                                            .sentence()));
        }

        @Test
        void oneThatIsNotReachedCannotBeBroughtBack() {
            stops(
                    "KR-RECOVERY-003",
                    decide(primary("n1", 2, 50), primary("n2", 2, 50), unread("n3")));
        }

        @Test
        void twoOfThemStop() {
            Read other = live("n3", status("Primary", "Synced", 1, 9, UUID), 60);

            stops("KR-RECOVERY-002", decide(primary("n1", 2, 50), primary("n2", 2, 50), other));
        }

        @Test
        void oneBootstrappedSeparatelyStopsTheOther() {
            Read other = live("n3", status("Primary", "Synced", 1, 1, OTHER), 900);

            stops("KR-RECOVERY-002", decide(primary("n1", 2, 50), primary("n2", 2, 50), other));
        }
    }

    @Nested
    class NoPrimaryComponent {

        @Test
        void allStoppedTheHighestPositionIsStarted() {
            RecoveryPlan plan = plan(stopped("n1", 40), stopped("n2", 44), stopped("n3", 41));

            assertThat(plan.way()).isEqualTo(Way.BOOTSTRAP);
            assertThat(plan.host()).isEqualTo("n2");
            assertThat(plan.position()).contains(new Position(UUID, 44));
            assertThat(plan.joiners()).containsExactly("n1", "n3");
            assertThat(plan.aside()).isEmpty();
            assertThat(plan.approvals()).isEqualTo(1);
            assertThat(plan.keepsCopy()).isTrue();
            assertThat(plan.sentences()).anyMatch(s -> s.contains("no acknowledged commit"));
        }

        @Test
        void safeToBootstrapOnTheWrongNodeIsNotBelieved() {
            Read wrong =
                    stopped(
                            "n1",
                            data(true, Optional.of(new Position(UUID, 40))),
                            new Recovered.Found(new Position(UUID, 40)));

            assertThat(plan(wrong, stopped("n2", 44), stopped("n3", 44)).host()).isEqualTo("n2");
        }

        @Test
        void ofEqualOnesTheOneThatWasStoppedLast() {
            Read last =
                    stopped(
                            "n3",
                            data(true, Optional.of(new Position(UUID, 44))),
                            new Recovered.Found(new Position(UUID, 44)));

            RecoveryPlan plan = plan(stopped("n1", 44), stopped("n2", 44), last);

            assertThat(plan.host()).isEqualTo("n3");
            assertThat(plan.sentences().get(0)).contains("n1, n2", "safe_to_bootstrap");
        }

        @Test
        void ofEqualOnesTheFirstOfTheInventory() {
            assertThat(plan(stopped("n1", 44), stopped("n2", 44), stopped("n3", 12)).host())
                    .isEqualTo("n1");
        }

        @Test
        void twoPeopleApproveWhenAHostIsNotReached() {
            RecoveryPlan plan = plan(stopped("n1", 40), stopped("n2", 41), unread("n3"));

            assertThat(plan.host()).isEqualTo("n2");
            assertThat(plan.absent()).containsExactly("n3");
            assertThat(plan.joiners()).containsExactly("n1");
            assertThat(plan.approvals()).isEqualTo(2);
            assertThat(plan.sentences())
                    .anyMatch(s -> s.contains("Transactions after 41 that only n3 has are lost"))
                    .noneMatch(s -> s.contains("no acknowledged commit"));
        }

        @Test
        void twoPeopleApproveWhenAPositionCannotBeRead() {
            RecoveryPlan plan = plan(stopped("n1", 40), unreadable("n2"), stopped("n3", 40));

            assertThat(plan.host()).isEqualTo("n1");
            assertThat(plan.aside()).containsExactly("n2");
            assertThat(plan.approvals()).isEqualTo(2);
        }

        @Test
        void allUpTheMostAdvancedIsPromotedInPlace() {
            RecoveryPlan plan =
                    plan(nonPrimary("n1", 50), nonPrimary("n2", 52), nonPrimary("n3", 51));

            assertThat(plan.way()).isEqualTo(Way.PROMOTE);
            assertThat(plan.host()).isEqualTo("n2");
            assertThat(plan.halted()).isEmpty();
            assertThat(plan.approvals()).isEqualTo(1);
        }

        @Test
        void aVersionThatCannotPromoteIsRestartedAndTheOthersAreHaltedFirst() {
            LiveNode newer =
                    new LiveNode(
                            status("non-Primary", "Initialized", 1, -1, UUID),
                            52,
                            "11.4.5-MariaDB-deb12",
                            List.of());
            Read old = nonPrimary("n2", 52);
            Read best =
                    new Read(
                            "n2",
                            old.address(),
                            old.server(),
                            "unless-stopped",
                            Optional.of(newer),
                            old.data(),
                            old.recovered(),
                            false,
                            1,
                            0);

            RecoveryPlan plan = plan(nonPrimary("n1", 50), best, nonPrimary("n3", 51));

            assertThat(plan.way()).isEqualTo(Way.BOOTSTRAP);
            assertThat(plan.host()).isEqualTo("n2");
            assertThat(plan.halted()).containsExactly("n1", "n2", "n3");
        }

        @Test
        void aStoppedNodeAheadOfTheRunningOnesWins() {
            RecoveryPlan plan = plan(nonPrimary("n1", 50), stopped("n2", 55), nonPrimary("n3", 51));

            assertThat(plan.way()).isEqualTo(Way.BOOTSTRAP);
            assertThat(plan.host()).isEqualTo("n2");
            assertThat(plan.halted()).containsExactly("n1", "n3");
        }

        @Test
        void silentServersAreHaltedBeforeAnythingIsProposed() {
            Proposal proposal = decide(silent("n1", false), stopped("n2", 44), silent("n3", false));

            assertThat(proposal).isInstanceOf(Proposal.Halt.class);
            assertThat(((Proposal.Halt) proposal).hosts()).containsExactly("n1", "n3");
        }

        @Test
        void aReceiverWhoseDonorMayLiveUnseenIsLeftAlone() {
            stops("KR-RECOVERY-004", decide(silent("n1", true), stopped("n2", 44), unread("n3")));
        }

        @Test
        void aReceiverWithoutAnyDonorIsHalted() {
            assertThat(decide(silent("n1", true), stopped("n2", 44), stopped("n3", 40)))
                    .isInstanceOf(Proposal.Halt.class);
        }

        @Test
        void aBrokenTransferIsNeverACandidateHoweverHighItsNumber() {
            RecoveryPlan plan =
                    plan(transferBroken("n1", 999), stopped("n2", 44), stopped("n3", 4));

            assertThat(plan.host()).isEqualTo("n2");
            assertThat(plan.approvals()).isEqualTo(1);
        }

        @Test
        void aZeroUuidAndANegativeNumberAreNeverCandidates() {
            RecoveryPlan plan =
                    plan(
                            stopped("n1", "00000000-0000-0000-0000-000000000000", 99),
                            stopped("n2", -1),
                            stopped("n3", 1));

            assertThat(plan.host()).isEqualTo("n3");
            assertThat(plan.aside()).containsExactly("n1", "n2");
            assertThat(plan.approvals()).isEqualTo(2);
        }

        @Test
        void oneDirectoryWithTwoHistoriesIsNoCandidate() {
            Read torn =
                    stopped(
                            "n1",
                            data(false, Optional.of(new Position(OTHER, 7))),
                            new Recovered.Found(new Position(UUID, 99)));

            assertThat(plan(torn, stopped("n2", 44), stopped("n3", 44)).host()).isEqualTo("n2");
        }

        @Test
        void differentHistoriesAreForAPersonToChoose() {
            Proposal proposal =
                    decide(stopped("n1", 40), stopped("n2", 44), stopped("n3", OTHER, 900));

            assertThat(proposal).isInstanceOf(Proposal.Choose.class);
            assertThat(((Proposal.Choose) proposal).candidates())
                    .extracting(RecoveryPlan.Line::host)
                    .containsExactly("n2", "n3");
        }

        @Test
        void whoWasLeftBehindIsNeverComparedByNumberWithThoseWhoWentOn() {
            // n3 was ahead and away; the others went on from 40 with other transactions
            Proposal proposal =
                    decide(
                            branched("n1", 50, "run-7"),
                            branched("n2", 49, "run-7"),
                            stopped("n3", 60));

            assertThat(proposal).isInstanceOf(Proposal.Choose.class);
            assertThat(((Proposal.Choose) proposal).candidates())
                    .extracting(RecoveryPlan.Line::host)
                    .containsExactly("n1", "n3");
        }

        @Test
        void afterAllWentThroughTheSameRecoveryNumbersCountAgain() {
            assertThat(
                            plan(
                                            branched("n1", 50, "run-7"),
                                            branched("n2", 52, "run-7"),
                                            branched("n3", 51, "run-7"))
                                    .host())
                    .isEqualTo("n2");
        }

        @Test
        void theChosenOneNeedsTwoPeopleAndTheOtherHistoryIsKeptAside() {
            List<NodeEvidence> seen =
                    List.of(stopped("n1", 40), stopped("n2", 44), stopped("n3", OTHER, 900));

            RecoveryPlan plan =
                    ((Proposal.Recover) RecoveryDecisions.decide(seen, Optional.of("n2"))).plan();

            assertThat(plan.host()).isEqualTo("n2");
            assertThat(plan.aside()).containsExactly("n3");
            assertThat(plan.approvals()).isEqualTo(2);
        }

        @Test
        void whoIsBehindInItsHistoryCannotBeChosen() {
            List<NodeEvidence> seen =
                    List.of(stopped("n1", 40), stopped("n2", 44), stopped("n3", OTHER, 900));

            stops("KR-RECOVERY-005", RecoveryDecisions.decide(seen, Optional.of("n1")));
        }

        @Test
        void withoutACandidateABackupIsRestored() {
            stops("KR-RECOVERY-001", decide(empty("n1"), unreadable("n2"), unread("n3")));
        }

        @Test
        void afterAnUnsafeFlushTheMissingSecondIsSaid() {
            Read node = stopped("n1", 44);
            Read lazy =
                    new Read(
                            "n1",
                            node.address(),
                            node.server(),
                            "unless-stopped",
                            Optional.empty(),
                            node.data(),
                            node.recovered(),
                            false,
                            0,
                            0);

            assertThat(plan(lazy, stopped("n2", 3), stopped("n3", 3)).sentences())
                    .anyMatch(s -> s.contains("innodb_flush_log_at_trx_commit is 0 on n1"))
                    .noneMatch(s -> s.contains("no acknowledged commit is missing"));
        }

        @Test
        void aFullDiskIsAWaiverThatTheApproverReads() {
            Read full =
                    stopped(
                            "n1",
                            new DataDirectory(
                                    true,
                                    5L << 30,
                                    1L << 30,
                                    Optional.of(Duration.ofSeconds(9)),
                                    Optional.empty(),
                                    false,
                                    Optional.empty(),
                                    "",
                                    List.of(),
                                    false),
                            new Recovered.Found(new Position(UUID, 44)));

            RecoveryPlan plan = plan(full, stopped("n2", 3), stopped("n3", 3));

            assertThat(plan.keepsCopy()).isFalse();
            assertThat(plan.sentences()).anyMatch(s -> s.startsWith("WAIVER"));
        }
    }

    @Test
    void aPlanIsReadBackAsItWasWritten() {
        RecoveryPlan plan = plan(stopped("n1", 40), stopped("n2", 41), unread("n3"));

        assertThat(RecoveryPlan.parse(plan.json())).isEqualTo(plan);
        assertThat(plan.digest()).hasSize(64);
    }
}
