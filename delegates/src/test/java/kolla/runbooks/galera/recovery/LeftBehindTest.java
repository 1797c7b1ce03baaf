package kolla.runbooks.galera.recovery;

import static kolla.runbooks.galera.recovery.Nodes.UUID;
import static kolla.runbooks.galera.recovery.Nodes.address;
import static kolla.runbooks.galera.recovery.Nodes.primary;
import static kolla.runbooks.galera.recovery.Nodes.silent;
import static kolla.runbooks.galera.recovery.Nodes.status;
import static kolla.runbooks.galera.recovery.Nodes.stopped;
import static kolla.runbooks.galera.recovery.Nodes.unread;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which servers are stopped without asking, and that none is where there is any doubt. */
class LeftBehindTest {

    private static final List<String> FENCE = List.of(address("n1"), address("n2"));
    private static final Read N1 = recovered("n1", "run-b", List.of("run-a"));
    private static final Read N2 = recovered("n2", "run-b", List.of("run-a"));

    private static Read recovered(String host, String branch, List<String> earlier) {
        return as(primary(host, 2, 90), FENCE, branch, earlier, UUID);
    }

    /** A server with this list of allowed addresses and this note beside its data. */
    private static Read as(
            Read read, List<String> allowed, String branch, List<String> earlier, String uuid) {
        DataDirectory data = read.data();
        return new Read(
                read.host(),
                read.address(),
                read.server(),
                read.restartPolicy(),
                read.live().map(l -> new LiveNode(l.wsrep(), l.committed(), l.version(), allowed)),
                new DataDirectory(
                        true,
                        data.bytes(),
                        data.freeBytes(),
                        data.age(),
                        Optional.of(new Position(uuid, -1)),
                        data.safeToBootstrap(),
                        data.savedView(),
                        branch,
                        earlier,
                        false),
                read.recovered(),
                read.flagged(),
                read.flush(),
                read.clockAhead());
    }

    private static Read alone(String host, String branch) {
        return as(primary(host, 1, 150), List.of(), branch, List.of(), UUID);
    }

    private static List<String> found(NodeEvidence... seen) {
        return LeftBehind.of(List.of(seen)).stream().map(LeftBehind::host).toList();
    }

    @Test
    void aHostThatStandsAloneBesideTheRecoveredComponentIsFound() {
        assertThat(LeftBehind.of(List.of(N1, N2, alone("n3", ""))))
                .singleElement()
                .satisfies(
                        l -> {
                            assertThat(l.host()).isEqualTo("n3");
                            assertThat(l.proof())
                                    .contains("n1, n2", "run-b", "without n3", FENCE.get(0));
                        });
    }

    @Test
    void evenWhenOneHostOfTheRecoveredSideCannotBeRead() {
        assertThat(found(N1, unread("n2"), alone("n3", ""))).containsExactly("n3");
    }

    @Test
    void andWhenBothCountTheSameViewAndSize() {
        Read one = as(primary("n1", 1, 90), List.of(address("n1")), "run-b", List.of(), UUID);

        assertThat(found(one, unread("n2"), alone("n3", ""))).containsExactly("n3");
    }

    @Test
    void aServerThatDoesNotAnswerYetIsFoundByItsData() {
        assertThat(found(N1, N2, as(silent("n3", false), List.of(), "", List.of(), UUID)))
                .containsExactly("n3");
    }

    @Test
    void aNoteThatTheRecoveredSideBoreEarlierIsOlder() {
        assertThat(found(N1, N2, alone("n3", "run-a"))).containsExactly("n3");
    }

    @Test
    void aServerThatStandsIsLeftAlone() {
        assertThat(found(N1, N2, stopped("n3", 150))).isEmpty();
    }

    @Nested
    class InDoubtNothingIsStopped {

        @Test
        void withoutAFence() {
            Read open = as(N1, List.of(), "run-b", List.of(), UUID);

            assertThat(found(open, alone("n3", ""))).isEmpty();
        }

        @Test
        void withoutANoteOnTheFencedSide() {
            Read plain = as(N1, FENCE, "", List.of(), UUID);

            assertThat(found(plain, alone("n3", ""))).isEmpty();
        }

        @Test
        void whenTheFenceDoesNotNameItsOwnMember() {
            Read other = as(N1, List.of(address("n2")), "run-b", List.of(), UUID);

            assertThat(found(other, alone("n3", ""))).isEmpty();
        }

        @Test
        void whenMembersOfTheFencedSideDisagree() {
            assertThat(found(N1, recovered("n2", "run-c", List.of()), alone("n3", ""))).isEmpty();
            assertThat(
                            found(
                                    N1,
                                    as(N2, List.of(address("n2")), "run-b", List.of(), UUID),
                                    alone("n3", "")))
                    .isEmpty();
        }

        @Test
        void whenTheHostIsLetIn() {
            List<String> all = List.of(address("n1"), address("n2"), address("n3"));
            Read one = as(N1, all, "run-b", List.of(), UUID);

            assertThat(found(one, alone("n3", ""))).isEmpty();
        }

        @Test
        void whenItHasGoneThroughARecoveryThatTheOthersDoNotKnow() {
            assertThat(found(N1, N2, alone("n3", "run-c"))).isEmpty();
        }

        @Test
        void whenBothSidesAreFenced() {
            Read three = as(primary("n3", 1, 9), List.of(address("n3")), "run-a", List.of(), UUID);

            assertThat(found(N1, N2, three)).isEmpty();
        }

        @Test
        void whenItsDataAreOfAnotherHistory() {
            Read other = Nodes.live("n3", status("Primary", "Synced", 1, 4, Nodes.OTHER), 150);

            assertThat(found(N1, N2, other)).isEmpty();
        }

        @Test
        void whenNobodyOfTheFencedSideIsSynced() {
            Read donor =
                    as(
                            Nodes.live("n1", status("Primary", "Donor/Desynced", 2, 7, UUID), 90),
                            FENCE,
                            "run-b",
                            List.of(),
                            UUID);

            assertThat(found(donor, alone("n3", ""))).isEmpty();
        }
    }
}
