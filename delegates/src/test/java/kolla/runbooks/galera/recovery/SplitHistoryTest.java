package kolla.runbooks.galera.recovery;

import static kolla.runbooks.galera.recovery.Nodes.OTHER;
import static kolla.runbooks.galera.recovery.Nodes.branched;
import static kolla.runbooks.galera.recovery.Nodes.primary;
import static kolla.runbooks.galera.recovery.Nodes.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import org.junit.jupiter.api.Test;

/** Two components of one UUID are remembered as parted, and never compared by number again. */
class SplitHistoryTest {

    @Test
    void eachComponentOfOneUuidGetsANoteOfItsOwn() {
        assertThat(notes(primary("n1", 2, 50), primary("n2", 2, 50), primary("n3", 1, 60)))
                .isEqualTo(Map.of("n1", "run.1", "n2", "run.1", "n3", "run.2"));
    }

    @Test
    void alsoWhereViewAndSizeAreTheSame() {
        assertThat(notes(primary("n1", 1, 50), primary("n3", 1, 60)))
                .isEqualTo(Map.of("n1", "run.1", "n3", "run.2"));
    }

    @Test
    void oneComponentAndComponentsOfDifferentUuidsNeedNone() {
        assertThat(notes(primary("n1", 2, 50), primary("n2", 2, 50))).isEmpty();
        assertThat(
                        notes(
                                primary("n1", 1, 50),
                                Nodes.live("n3", status("Primary", "Synced", 1, 7, OTHER), 60)))
                .isEmpty();
    }

    @Test
    void notesThatDifferAlreadyStay() {
        Read one = noted("n1", "run-a.1");

        assertThat(notes(one, primary("n3", 1, 60))).isEmpty();
        assertThat(notes(one, noted("n3", "run-a.2"))).isEmpty();
        assertThat(notes(one, noted("n3", "run-a.1"))).hasSize(2);
    }

    @Test
    void whatHasPartedIsMovedAsideWhenItReturnsAndChosenByAPersonWhenAllAreDown() {
        Proposal back =
                RecoveryDecisions.decide(
                        List.of(noted("n1", "run.1"), branched("n3", 40, "run.2")),
                        Optional.empty());

        assertThat(back)
                .isInstanceOfSatisfying(
                        Proposal.Recover.class,
                        r -> assertThat(r.plan().aside()).containsExactly("n3"));
        assertThat(
                        RecoveryDecisions.decide(
                                List.of(branched("n1", 50, "run.1"), branched("n3", 40, "run.2")),
                                Optional.empty()))
                .isInstanceOf(Proposal.Choose.class);
    }

    private static Map<String, String> notes(NodeEvidence... seen) {
        return SplitHistory.notes(List.of(seen), "run");
    }

    private static Read noted(String host, String branch) {
        Read read = primary(host, 1, 50);
        return new Read(
                read.host(),
                read.address(),
                read.server(),
                read.restartPolicy(),
                read.live(),
                branched(host, 50, branch).data(),
                read.recovered(),
                false,
                1,
                0);
    }
}
