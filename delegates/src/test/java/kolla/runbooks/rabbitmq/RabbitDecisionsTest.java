package kolla.runbooks.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RabbitDecisionsTest {

    private static final Set<String> ALL = Set.of("rabbit@a", "rabbit@b", "rabbit@c");
    private static final ClusterStatus WHOLE =
            new ClusterStatus(ALL, ALL, List.of(), List.of(), Set.of());

    @Test
    void startsTheFirstAloneAndTheOthersSideBySideWhenNobodyHasData() {
        List<RabbitNode> seen = List.of(empty("a"), empty("b"), empty("c"));

        assertThat(RabbitDecisions.order(seen)).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(RabbitDecisions.decide(seen, "a")).isEqualTo(new RabbitDecision.Create());
    }

    @Test
    void startsStoppedBrokersSideBySide() {
        List<RabbitNode> seen = List.of(stopped("a"), stopped("b"), stopped("c"));

        assertThat(RabbitDecisions.order(seen)).containsExactly(List.of("a", "b", "c"));
        assertThat(RabbitDecisions.decide(seen, "b")).isEqualTo(new RabbitDecision.Start());
    }

    @Test
    void replacesOneAtATimeWhileAllRun() {
        List<RabbitNode> seen =
                List.of(
                        changed("a", WHOLE, false),
                        changed("b", WHOLE, false),
                        running("c", WHOLE));

        assertThat(RabbitDecisions.order(seen)).containsExactly(List.of("a"), List.of("b"));
        assertThat(RabbitDecisions.decide(seen, "a")).isEqualTo(new RabbitDecision.Replace());
    }

    @Test
    void waitsToReplaceWhileAnotherIsAway() {
        ClusterStatus two =
                new ClusterStatus(
                        ALL, Set.of("rabbit@a", "rabbit@b"), List.of(), List.of(), Set.of());
        List<RabbitNode> seen = List.of(changed("a", two, false), running("b", two), stopped("c"));

        assertThat(RabbitDecisions.decide(seen, "a")).isInstanceOf(RabbitDecision.Wait.class);
        assertThat(RabbitDecisions.order(seen)).containsExactly(List.of("c"), List.of("a"));
    }

    @Test
    void refusesWhenAHostWasNotRead() {
        List<RabbitNode> seen =
                List.of(
                        running("a", WHOLE),
                        changed("b", WHOLE, false),
                        new RabbitNode.Unread("c", "timed out"));

        assertRefusal(seen, "b", "KR-RABBIT-002");
    }

    @Test
    void refusesInAPartition() {
        ClusterStatus split =
                new ClusterStatus(
                        ALL,
                        ALL,
                        List.of("rabbit@a is cut off from rabbit@c"),
                        List.of(),
                        Set.of());

        assertRefusal(
                List.of(changed("a", split, false), running("b", WHOLE), running("c", WHOLE)),
                "b",
                "KR-RABBIT-003");
    }

    @Test
    void refusesToReplaceWhileAnAlarmRings() {
        ClusterStatus alarm =
                new ClusterStatus(ALL, ALL, List.of(), List.of("memory on rabbit@b"), Set.of());

        assertRefusal(
                List.of(changed("a", alarm, false), running("b", alarm), running("c", alarm)),
                "a",
                "KR-RABBIT-008");
    }

    @Test
    void refusesWhenSomebodyElsePutABrokerIntoMaintenance() {
        ClusterStatus drained =
                new ClusterStatus(ALL, ALL, List.of(), List.of(), Set.of("rabbit@c"));

        assertRefusal(
                List.of(changed("a", drained, false), running("b", drained), running("c", drained)),
                "a",
                "KR-RABBIT-005");
    }

    @Test
    void goesOnAfterItsOwnDrain() {
        ClusterStatus drained =
                new ClusterStatus(ALL, ALL, List.of(), List.of(), Set.of("rabbit@a"));
        List<RabbitNode> seen =
                List.of(changed("a", drained, true), running("b", drained), running("c", drained));

        assertThat(RabbitDecisions.decide(seen, "a")).isEqualTo(new RabbitDecision.Replace());
    }

    @Test
    void revivesAReplacedBrokerThatThisRunDrained() {
        RabbitNode.Read replaced =
                new RabbitNode.Read(
                        "a", true, Optional.of("x"), true, false, true, Optional.of(WHOLE));
        List<RabbitNode> seen = List.of(replaced, running("b", WHOLE), running("c", WHOLE));

        assertThat(RabbitDecisions.decide(seen, "a")).isEqualTo(new RabbitDecision.Revive());
        assertThat(RabbitDecisions.order(seen)).containsExactly(List.of("a"));
    }

    @Test
    void refusesToJoinAnEmptyBrokerThatTheClusterStillKnows() {
        assertRefusal(
                List.of(running("a", WHOLE), running("b", WHOLE), empty("c")),
                "c",
                "KR-RABBIT-004");
    }

    @Test
    void refusesWhenCookiesDiffer() {
        RabbitNode.Read other =
                new RabbitNode.Read(
                        "c", true, Optional.of("y"), false, true, false, Optional.empty());

        assertRefusal(
                List.of(running("a", WHOLE), running("b", WHOLE), other), "c", "KR-RABBIT-006");
    }

    @Test
    void doesNothingWhenAllIsWell() {
        List<RabbitNode> seen =
                List.of(running("a", WHOLE), running("b", WHOLE), running("c", WHOLE));

        assertThat(RabbitDecisions.decide(seen, "a")).isEqualTo(new RabbitDecision.Nothing());
        assertThat(RabbitDecisions.order(seen)).isEmpty();
    }

    @Test
    void readsTheStatusThatTheToolPrints() {
        String json =
                """
                {"alarms":[{"node":"rabbit@b","resource":"disk","type":"resource_limit"}],
                 "disk_nodes":["rabbit@a","rabbit@b"],"ram_nodes":[],
                 "maintenance_status":{"rabbit@a":"not under maintenance",
                                       "rabbit@b":"under maintenance"},
                 "partitions":{"rabbit@a":["rabbit@b"]},"running_nodes":["rabbit@a"]}
                """;

        ClusterStatus status = ClusterStatus.parse(json).orElseThrow();

        assertThat(status.running()).containsExactly("rabbit@a");
        assertThat(status.maintenance()).containsExactly("rabbit@b");
        assertThat(status.alarms()).containsExactly("disk on rabbit@b");
        assertThat(status.partitions()).containsExactly("rabbit@a is cut off from rabbit@b");
        assertThat(ClusterStatus.parse("Error: unable to connect")).isEmpty();
    }

    private static void assertRefusal(List<RabbitNode> seen, String host, String code) {
        assertThat(RabbitDecisions.decide(seen, host))
                .isInstanceOfSatisfying(
                        RabbitDecision.Refuse.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    private static RabbitNode.Read empty(String host) {
        return new RabbitNode.Read(
                host, false, Optional.empty(), false, true, false, Optional.empty());
    }

    private static RabbitNode.Read stopped(String host) {
        return new RabbitNode.Read(
                host, true, Optional.of("x"), false, true, false, Optional.empty());
    }

    private static RabbitNode.Read running(String host, ClusterStatus status) {
        return new RabbitNode.Read(
                host, true, Optional.of("x"), true, false, false, Optional.of(status));
    }

    private static RabbitNode.Read changed(String host, ClusterStatus status, boolean drained) {
        return new RabbitNode.Read(
                host, true, Optional.of("x"), true, true, drained, Optional.of(status));
    }
}
