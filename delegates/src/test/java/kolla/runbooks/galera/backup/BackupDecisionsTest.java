package kolla.runbooks.galera.backup;

import static kolla.runbooks.galera.backup.BackupKind.FULL;
import static kolla.runbooks.galera.backup.BackupKind.INCREMENTAL;
import static kolla.runbooks.galera.backup.Backups.UUID;
import static kolla.runbooks.galera.backup.Backups.full;
import static kolla.runbooks.galera.backup.Backups.incremental;
import static kolla.runbooks.galera.backup.Backups.node;
import static kolla.runbooks.galera.backup.Backups.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackupDecisionsTest {

    private static final long PLENTY = 10L << 30;
    private static final String OTHER = "00000001-e697-11f1-8141-12baa8e16b25";

    static Stream<Arguments> notNow() {
        BackupNode first = node("ctl1", "dir-9");
        BackupNode second = node("ctl2", "dir-8");
        return Stream.of(
                Arguments.of(
                        "a host that cannot be read",
                        List.of(first, second, new BackupNode.Unread("ctl3", "no route")),
                        "no route"),
                Arguments.of(
                        "a donor",
                        List.of(
                                first,
                                second,
                                node("ctl3", "d", "Donor/Desynced", 3, UUID, false, "mariabackup")),
                        "Donor/Desynced"),
                Arguments.of(
                        "a joiner",
                        List.of(
                                first,
                                second,
                                node("ctl3", "d", "Joiner", 3, UUID, false, "mariabackup")),
                        "Joiner"),
                Arguments.of(
                        "a member that is missing",
                        List.of(
                                node("ctl1", "d", "Synced", 2, UUID, false, "mariabackup"),
                                node("ctl2", "d", "Synced", 2, UUID, false, "mariabackup"),
                                node("ctl3", "d", "Synced", 1, UUID, false, "mariabackup")),
                        "sees 2 member(s)"),
                Arguments.of(
                        "another history",
                        List.of(
                                first,
                                second,
                                node("ctl3", "d", "Synced", 3, OTHER, false, "mariabackup")),
                        "one cluster"),
                Arguments.of(
                        "a node that somebody desynchronised",
                        List.of(
                                first,
                                second,
                                node("ctl3", "d", "Synced", 3, UUID, true, "mariabackup")),
                        "wsrep_desync = OFF"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notNow")
    void takesNoneOfAClusterThatIsNotWhole(String why, List<BackupNode> nodes, String says) {
        for (BackupKind kind : BackupKind.values()) {
            assertThat(BackupDecisions.decide(kind, nodes, List.of(full(1)), PLENTY))
                    .isInstanceOfSatisfying(
                            BackupDecision.Refuse.class,
                            r -> {
                                assertThat(r.code()).isEqualTo("KR-BACKUP-001");
                                assertThat(r.sentence()).contains(says);
                            });
        }
    }

    @Test
    void copiesTheLastNodeBecauseTheFirstIsTheWriter() {
        assertThat(copy(FULL, whole(), List.of()).node().host()).isEqualTo("ctl3");
        assertThat(copy(FULL, whole(), List.of()).desync()).isTrue();
    }

    @Test
    void leavesTheOnlyNodeInFlowControlBecauseItsClientsHaveNoOther() {
        List<BackupNode> one = List.of(node("ctl1", "d", "Synced", 1, UUID, false, "mariabackup"));

        assertThat(copy(FULL, one, List.of()).desync()).isFalse();
    }

    @Test
    void anIncrementalIsTakenOfTheNodeAndDirectoryOfTheNewestFullOneThatStillStands() {
        Backup elsewhere =
                Backups.backup("full-9", FULL, java.util.Optional.empty(), 9, "ctl2", "gone");
        List<Backup> backups = List.of(full(1), full(2), incremental(3, full(2)), elsewhere);

        BackupDecision.Copy copy = copy(INCREMENTAL, whole(), backups);

        assertThat(copy.base()).contains(full(2));
        assertThat(copy.node().host()).isEqualTo("ctl3");
    }

    static Stream<Arguments> withoutBase() {
        return Stream.of(
                Arguments.of("none was ever taken", whole(), List.of(), "no verified full"),
                Arguments.of(
                        "a state transfer replaced the directory",
                        List.of(node("ctl1", "a"), node("ctl2", "b"), node("ctl3", "dir-2")),
                        List.of(full(1)),
                        "full-1"),
                Arguments.of(
                        "the cluster has another history now",
                        Stream.of("ctl1", "ctl2", "ctl3")
                                .map(
                                        h ->
                                                (BackupNode)
                                                        node(
                                                                h,
                                                                "dir-1",
                                                                "Synced",
                                                                3,
                                                                OTHER,
                                                                false,
                                                                "mariabackup"))
                                .toList(),
                        List.of(full(1)),
                        OTHER),
                Arguments.of(
                        "the transfer method keeps the directory's name",
                        Stream.of("ctl1", "ctl2", "ctl3")
                                .map(
                                        h ->
                                                (BackupNode)
                                                        node(
                                                                h, "dir-1", "Synced", 3, UUID,
                                                                false, "rsync"))
                                .toList(),
                        List.of(full(1)),
                        "kind full"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutBase")
    void refusesAnIncrementalThatFitsToNothing(
            String why, List<BackupNode> nodes, List<Backup> backups, String says) {
        assertThat(BackupDecisions.decide(INCREMENTAL, nodes, backups, PLENTY))
                .isInstanceOfSatisfying(
                        BackupDecision.Refuse.class,
                        r -> {
                            assertThat(r.code()).isEqualTo("KR-BACKUP-008");
                            assertThat(r.sentence()).contains(says);
                        });
    }

    @Test
    void refusesBeforeTheStoreWouldBecomeFull() {
        long needed = BackupDecisions.needed(node("ctl3", "d"), java.util.Optional.empty());

        assertThat(needed).isGreaterThan(2 * Backups.DATA);
        assertThat(BackupDecisions.decide(FULL, whole(), List.of(), needed - 1))
                .isInstanceOfSatisfying(
                        BackupDecision.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-BACKUP-003"));
        assertThat(BackupDecisions.decide(FULL, whole(), List.of(), needed))
                .isInstanceOf(BackupDecision.Copy.class);
    }

    private static BackupDecision.Copy copy(
            BackupKind kind, List<BackupNode> nodes, List<Backup> backups) {
        return (BackupDecision.Copy) BackupDecisions.decide(kind, nodes, backups, PLENTY);
    }
}
