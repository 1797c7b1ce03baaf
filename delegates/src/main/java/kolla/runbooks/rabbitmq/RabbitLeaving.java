package kolla.runbooks.rabbitmq;

import java.util.List;
import kolla.runbooks.rollout.Leaving;
import kolla.runbooks.rollout.Majority;

/**
 * Whether a broker may be taken out. Pure; whether queues depend on it is asked of the broker just
 * before the drain. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>any host not read<td>refuse {@code KR-RABBIT-002}
 * <tr><td>it does not run here<td>nothing
 * <tr><td>a network partition<td>refuse {@code KR-RABBIT-003}
 * <tr><td>it runs and does not answer, or brokers disagree about who runs<td>wait, then refuse
 *     {@code KR-RABBIT-001}
 * <tr><td>another broker is drained<td>refuse {@code KR-RABBIT-005}
 * <tr><td>without it fewer brokers than a majority would run<td>refuse {@code KR-RABBIT-010}: those
 *     of a minority pause themselves
 * <tr><td>otherwise<td>leave
 * </table>
 */
final class RabbitLeaving {

    static final String TOO_FEW = "KR-RABBIT-010";

    private RabbitLeaving() {}

    static Leaving decide(List<RabbitNode> seen, String host) {
        for (RabbitNode node : seen) {
            if (node instanceof RabbitNode.Unread unread) {
                return new Leaving.Refuse(
                        RabbitDecisions.UNREAD,
                        "the broker on "
                                + unread.host()
                                + " could not be read ("
                                + unread.why()
                                + "), so none is taken out");
            }
        }
        List<RabbitNode.Read> nodes = seen.stream().map(RabbitNode.Read.class::cast).toList();
        RabbitNode.Read me =
                nodes.stream()
                        .filter(n -> n.host().equals(host))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "host: \"" + host + "\" was not read"));
        if (!me.running()) {
            return new Leaving.Nothing();
        }
        List<ClusterStatus> views = nodes.stream().flatMap(n -> n.status().stream()).toList();
        List<String> partitions = views.stream().flatMap(s -> s.partitions().stream()).toList();
        if (!partitions.isEmpty()) {
            return new Leaving.Refuse(
                    RabbitDecisions.PARTITIONED,
                    "the cluster is partitioned: " + String.join("; ", partitions));
        }
        if (!me.up() || views.stream().map(ClusterStatus::running).distinct().count() != 1) {
            return new Leaving.Wait(
                    "the brokers to agree about who runs ("
                            + RabbitDecisions.describe(nodes)
                            + ")");
        }
        List<String> drained =
                views.get(0).maintenance().stream()
                        .filter(n -> !n.equals(me.node()))
                        .sorted()
                        .toList();
        if (!drained.isEmpty()) {
            return new Leaving.Refuse(
                    RabbitDecisions.IN_MAINTENANCE,
                    String.join(", ", drained)
                            + " is drained already; revive it (rabbitmq-upgrade revive), then"
                            + " retry");
        }
        int left = views.get(0).running().size() - 1;
        int majority = Majority.of(nodes.size());
        return left >= majority
                ? new Leaving.Leave()
                : new Leaving.Refuse(
                        TOO_FEW,
                        "without "
                                + host
                                + " only "
                                + left
                                + " of "
                                + nodes.size()
                                + " brokers would be left, and a majority is "
                                + majority);
    }
}
