package kolla.runbooks.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.rollout.Leaving;
import org.junit.jupiter.api.Test;

class RabbitLeavingTest {

    private static final Set<String> ALL = Set.of("rabbit@a", "rabbit@b", "rabbit@c");
    private static final Set<String> TWO = Set.of("rabbit@a", "rabbit@b");

    @Test
    void oneOfThreeMayLeave() {
        assertThat(RabbitLeaving.decide(all(view(ALL)), "b")).isEqualTo(new Leaving.Leave());
    }

    @Test
    void oneThatThisRunDrainedBeforeTheProgramDiedMayStillLeave() {
        ClusterStatus drained =
                new ClusterStatus(ALL, ALL, List.of(), List.of(), Set.of("rabbit@b"));

        assertThat(RabbitLeaving.decide(all(drained), "b")).isEqualTo(new Leaving.Leave());
    }

    @Test
    void whoseProcessHasEndedHasLeft() {
        List<RabbitNode> seen = List.of(node("a", view(TWO)), node("b", view(TWO)), stopped("c"));

        assertThat(RabbitLeaving.decide(seen, "c")).isEqualTo(new Leaving.Nothing());
    }

    @Test
    void ofTwoThatRunNoneMayLeaveBecauseAMinorityPausesItself() {
        List<RabbitNode> seen = List.of(node("a", view(TWO)), node("b", view(TWO)), stopped("c"));

        refuses(seen, "a", "KR-RABBIT-010", "only 1 of 3");
    }

    @Test
    void nobodyLeavesWhileAnotherIsDrained() {
        ClusterStatus other = new ClusterStatus(ALL, ALL, List.of(), List.of(), Set.of("rabbit@c"));

        refuses(all(other), "a", "KR-RABBIT-005", "rabbit@c");
    }

    @Test
    void nobodyLeavesAPartitionedCluster() {
        ClusterStatus split =
                new ClusterStatus(ALL, ALL, List.of("a sees no b"), List.of(), Set.of());

        refuses(all(split), "a", "KR-RABBIT-003", "a sees no b");
    }

    @Test
    void nobodyLeavesBesideTheUnknownOrWhileTheyDisagree() {
        refuses(
                List.of(
                        node("a", view(ALL)),
                        node("b", view(ALL)),
                        new RabbitNode.Unread("c", "timed out")),
                "a",
                "KR-RABBIT-002",
                "timed out");
        assertThat(
                        RabbitLeaving.decide(
                                List.of(
                                        node("a", view(ALL)),
                                        node("b", view(ALL)),
                                        node("c", view(TWO))),
                                "a"))
                .isInstanceOf(Leaving.Wait.class);
    }

    private static void refuses(List<RabbitNode> seen, String host, String code, String words) {
        assertThat(RabbitLeaving.decide(seen, host))
                .isInstanceOfSatisfying(
                        Leaving.Refuse.class,
                        r -> {
                            assertThat(r.code()).isEqualTo(code);
                            assertThat(r.sentence()).contains(words);
                        });
    }

    private static List<RabbitNode> all(ClusterStatus status) {
        return List.of(node("a", status), node("b", status), node("c", status));
    }

    private static ClusterStatus view(Set<String> running) {
        return new ClusterStatus(ALL, running, List.of(), List.of(), Set.of());
    }

    private static RabbitNode node(String host, ClusterStatus status) {
        return new RabbitNode.Read(
                host, true, Optional.of("cookie"), true, false, false, Optional.of(status));
    }

    private static RabbitNode stopped(String host) {
        return new RabbitNode.Read(
                host, true, Optional.of("cookie"), false, true, false, Optional.empty());
    }
}
