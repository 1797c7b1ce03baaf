package kolla.runbooks.rabbitmq;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kolla.runbooks.rabbitmq.RabbitDecision.Create;
import kolla.runbooks.rabbitmq.RabbitDecision.Nothing;
import kolla.runbooks.rabbitmq.RabbitDecision.Refuse;
import kolla.runbooks.rabbitmq.RabbitDecision.Replace;
import kolla.runbooks.rabbitmq.RabbitDecision.Revive;
import kolla.runbooks.rabbitmq.RabbitDecision.Start;
import kolla.runbooks.rabbitmq.RabbitDecision.Wait;

/**
 * What a rollout may do to a RabbitMQ cluster. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>any host not read<td>refuse {@code KR-RABBIT-002}
 * <tr><td>different Erlang cookies<td>refuse {@code KR-RABBIT-006}: they could never talk
 * <tr><td>a network partition<td>refuse {@code KR-RABBIT-003}
 * <tr><td>a broker that should change is already in maintenance, and not by this run<td>refuse
 *     {@code KR-RABBIT-005}
 * <tr><td>no data here, and the cluster knows this node<td>refuse {@code KR-RABBIT-004}: its old
 *     self has to be forgotten first
 * <tr><td>no data here<td>create: the broker finds the others by its configuration
 * <tr><td>it does not run<td>start; brokers that were all stopped are started side by side, because
 *     the one that stopped last has to be among them
 * <tr><td>it differs, and all others run and no alarm rings<td>replace: quorum check, drain,
 *     replace
 * <tr><td>this run drained it, it differs no longer<td>revive
 * </table>
 *
 * <p>A broker is never reset and never forgotten here. Invariants: those of R in the safety
 * catalogue; whether it is critical for a quorum is asked just before the drain.
 */
public final class RabbitDecisions {

    static final String NOT_RUNNING = "KR-RABBIT-001";
    static final String UNREAD = "KR-RABBIT-002";
    static final String PARTITIONED = "KR-RABBIT-003";
    static final String KNOWN_BUT_EMPTY = "KR-RABBIT-004";
    static final String IN_MAINTENANCE = "KR-RABBIT-005";
    static final String COOKIES = "KR-RABBIT-006";
    static final String QUORUM_CRITICAL = "KR-RABBIT-007";
    static final String ALARM = "KR-RABBIT-008";

    private RabbitDecisions() {}

    public static RabbitDecision decide(List<RabbitNode> seen, String host) {
        Optional<Refuse> unsafe = unsafe(seen);
        if (unsafe.isPresent()) {
            return unsafe.get();
        }
        List<RabbitNode.Read> nodes = reads(seen);
        RabbitNode.Read me = node(nodes, host);
        List<ClusterStatus> views = views(nodes, me);
        if (!me.data() && !me.running()) {
            boolean known = views.stream().anyMatch(s -> s.members().contains(me.node()));
            return known
                    ? new Refuse(
                            KNOWN_BUT_EMPTY,
                            me.node()
                                    + " has no data but the cluster knows it as a member; forget"
                                    + " its old self on a running broker (rabbitmqctl"
                                    + " forget_cluster_node "
                                    + me.node()
                                    + "), then retry")
                    : new Create();
        }
        if (!me.running()) {
            return new Start();
        }
        if (me.status().isEmpty()) {
            return me.differs()
                    ? new Start()
                    : new Wait(NOT_RUNNING, "the broker on " + host + " to answer");
        }
        if (me.differs()) {
            return change(nodes, me);
        }
        if (me.drainedByRun()) {
            return new Revive();
        }
        return me.up() ? new Nothing() : new Wait(NOT_RUNNING, "the broker on " + host + " to run");
    }

    /**
     * The order of the hosts: brokers side by side where none serves yet, one at a time otherwise.
     *
     * @return names in batches; hosts with nothing to do are left out
     */
    public static List<List<String>> order(List<RabbitNode> seen) {
        List<RabbitNode.Read> nodes = reads(seen);
        List<String> outstanding =
                nodes.stream().filter(n -> !n.settled()).map(RabbitNode.Read::host).toList();
        if (outstanding.isEmpty()) {
            return List.of();
        }
        if (nodes.stream().noneMatch(RabbitNode.Read::running)) {
            boolean nobodyHasData = nodes.stream().noneMatch(RabbitNode.Read::data);
            // the first makes the cluster, so that the others find one and none makes a second
            return nobodyHasData && outstanding.size() > 1
                    ? List.of(outstanding.subList(0, 1), outstanding.subList(1, outstanding.size()))
                    : List.of(outstanding);
        }
        Stream<String> down = outstanding.stream().filter(h -> !node(nodes, h).up());
        Stream<String> up = outstanding.stream().filter(h -> node(nodes, h).up());
        return Stream.concat(down, up).map(List::of).toList();
    }

    private static Optional<Refuse> unsafe(List<RabbitNode> seen) {
        List<String> unread =
                seen.stream()
                        .filter(RabbitNode.Unread.class::isInstance)
                        .map(RabbitNode.Unread.class::cast)
                        .map(u -> u.host() + " (" + u.why() + ")")
                        .toList();
        if (!unread.isEmpty()) {
            return Optional.of(
                    new Refuse(
                            UNREAD,
                            "the broker on "
                                    + String.join(", ", unread)
                                    + " could not be read, so nothing is touched"));
        }
        List<RabbitNode.Read> nodes = reads(seen);
        Set<String> cookies = new TreeSet<>();
        nodes.forEach(n -> n.cookie().ifPresent(cookies::add));
        if (cookies.size() > 1) {
            return Optional.of(
                    new Refuse(
                            COOKIES,
                            "the brokers have different Erlang cookies ("
                                    + nodes.stream()
                                            .map(n -> n.host() + " " + n.cookie().orElse("none"))
                                            .collect(joining(", "))
                                    + ")"));
        }
        List<String> partitions =
                nodes.stream()
                        .flatMap(n -> n.status().stream())
                        .flatMap(s -> s.partitions().stream())
                        .distinct()
                        .toList();
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refuse(
                                PARTITIONED,
                                "the cluster is partitioned: " + String.join("; ", partitions)));
    }

    private static RabbitDecision change(List<RabbitNode.Read> nodes, RabbitNode.Read me) {
        ClusterStatus mine = me.status().orElseThrow();
        Set<String> foreign = new TreeSet<>(mine.maintenance());
        if (me.drainedByRun()) {
            foreign.remove(me.node());
        }
        if (!foreign.isEmpty()) {
            return new Refuse(
                    IN_MAINTENANCE,
                    foreign + " was put into maintenance by somebody else; revive it, then retry");
        }
        if (!mine.alarms().isEmpty()) {
            return new Refuse(ALARM, "an alarm rings: " + String.join("; ", mine.alarms()));
        }
        List<String> away =
                nodes.stream().filter(n -> !n.up()).map(RabbitNode.Read::describe).toList();
        boolean sameView =
                nodes.stream()
                                .flatMap(n -> n.status().stream())
                                .map(ClusterStatus::running)
                                .distinct()
                                .count()
                        == 1;
        boolean whole =
                mine.running().size() == nodes.size() && mine.members().equals(mine.running());
        return away.isEmpty() && sameView && whole
                ? new Replace()
                : new Wait(
                        NOT_RUNNING,
                        "all "
                                + nodes.size()
                                + " brokers to run before one is restarted ("
                                + describe(nodes)
                                + ")");
    }

    static String describe(List<RabbitNode.Read> nodes) {
        return nodes.stream().map(RabbitNode.Read::describe).collect(joining("; "));
    }

    private static List<ClusterStatus> views(List<RabbitNode.Read> nodes, RabbitNode.Read but) {
        return nodes.stream()
                .filter(n -> !n.equals(but))
                .flatMap(n -> n.status().stream())
                .toList();
    }

    private static List<RabbitNode.Read> reads(List<RabbitNode> seen) {
        return seen.stream()
                .filter(RabbitNode.Read.class::isInstance)
                .map(RabbitNode.Read.class::cast)
                .toList();
    }

    private static RabbitNode.Read node(List<RabbitNode.Read> nodes, String host) {
        return nodes.stream()
                .filter(n -> n.host().equals(host))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("host: \"" + host + "\" was not read"));
    }
}
