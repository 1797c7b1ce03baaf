package kolla.runbooks.galera;

import static kolla.runbooks.galera.GaleraNodes.member;
import static kolla.runbooks.galera.GaleraNodes.starting;
import static kolla.runbooks.galera.GaleraNodes.stopped;
import static kolla.runbooks.galera.GaleraNodes.synced;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kolla.runbooks.rollout.Leaving;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GaleraLeavingTest {

    @Test
    void oneOfThreeSyncedNodesMayLeave() {
        List<GaleraNode> seen = List.of(synced("a", 3), synced("b", 3), synced("c", 3));

        assertThat(GaleraLeaving.decide(seen, "b")).isEqualTo(new Leaving.Leave());
    }

    @Test
    void whoHasLeftHasNothingToDo() {
        List<GaleraNode> seen = List.of(synced("a", 2), stopped("b"), synced("c", 2));

        assertThat(GaleraLeaving.decide(seen, "b")).isEqualTo(new Leaving.Nothing());
    }

    @Test
    void theSecondToLastStaysAndTheNumbersAreSaid() {
        List<GaleraNode> seen = List.of(synced("a", 2), stopped("b"), synced("c", 2));

        assertThat(GaleraLeaving.decide(seen, "a"))
                .isInstanceOfSatisfying(
                        Leaving.Refuse.class,
                        r -> {
                            assertThat(r.code()).isEqualTo("KR-GALERA-010");
                            assertThat(r.sentence()).contains("only 1 of 3", "majority is 2");
                        });
    }

    @Test
    void nobodyLeavesWhileADonorGivesOrSomebodyJoins() {
        List<GaleraNode> donor =
                List.of(synced("a", 3), member("b", 3, "Donor/Desynced"), member("c", 3, "Joiner"));
        List<GaleraNode> starts = List.of(synced("a", 2), synced("b", 2), starting("c"));

        assertThat(GaleraLeaving.decide(donor, "a")).isInstanceOf(Leaving.Wait.class);
        assertThat(GaleraLeaving.decide(donor, "b")).isInstanceOf(Leaving.Wait.class);
        assertThat(GaleraLeaving.decide(starts, "a")).isInstanceOf(Leaving.Wait.class);
    }

    @Test
    void nobodyLeavesBesideTheUnknown() {
        List<GaleraNode> seen =
                List.of(synced("a", 3), synced("b", 3), new GaleraNode.Unread("c", "timed out"));

        assertThat(GaleraLeaving.decide(seen, "a"))
                .isInstanceOfSatisfying(
                        Leaving.Refuse.class, r -> assertThat(r.code()).isEqualTo("KR-GALERA-002"));
    }

    @Property
    void whoeverLeavesLeavesASyncedMajorityBehind(@ForAll("clusters") List<GaleraNode> seen) {
        for (GaleraNode node : seen) {
            if (GaleraLeaving.decide(seen, node.host()) instanceof Leaving.Leave) {
                assertThat(seen).allMatch(GaleraNode.Read.class::isInstance);
                assertThat(
                                seen.stream()
                                        .filter(n -> !n.equals(node))
                                        .filter(n -> ((GaleraNode.Read) n).synced())
                                        .count())
                        .isGreaterThanOrEqualTo(seen.size() / 2 + 1);
            }
        }
    }

    @Provide
    Arbitrary<List<GaleraNode>> clusters() {
        return Arbitraries.integers()
                .between(1, 5)
                .flatMap(
                        n ->
                                Arbitraries.integers()
                                        .between(0, 5)
                                        .list()
                                        .ofSize(n)
                                        .map(GaleraLeavingTest::nodes));
    }

    private static List<GaleraNode> nodes(List<Integer> states) {
        int running = (int) states.stream().filter(s -> s > 1).count();
        List<GaleraNode> nodes = new java.util.ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            String host = "h" + i;
            nodes.add(
                    switch (states.get(i)) {
                        case 0 -> new GaleraNode.Unread(host, "timed out");
                        case 1 -> stopped(host);
                        case 2 -> member(host, running, "Donor/Desynced");
                        case 3 -> synced(host, running - 1);
                        default -> synced(host, running);
                    });
        }
        return nodes;
    }
}
