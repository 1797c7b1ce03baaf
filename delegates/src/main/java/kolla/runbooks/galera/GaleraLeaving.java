package kolla.runbooks.galera;

import java.util.List;
import kolla.runbooks.rollout.Leaving;
import kolla.runbooks.rollout.Majority;

/**
 * Whether a node may leave a Galera cluster. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>any host not read<td>refuse {@code KR-GALERA-002}
 * <tr><td>it does not run here<td>nothing
 * <tr><td>members see different views, or one is no Synced member (a donor, a joiner)<td>wait, then
 *     refuse {@code KR-GALERA-004}
 * <tr><td>without it fewer Synced members than a majority of all hosts would be left<td>refuse
 *     {@code KR-GALERA-010}
 * <tr><td>otherwise<td>leave
 * </table>
 *
 * <p>A node that leaves gracefully takes its vote along, so the others stay a primary component
 * whatever their number. A majority is asked for nevertheless: one alone would be the last copy.
 */
final class GaleraLeaving {

    static final String TOO_FEW = "KR-GALERA-010";

    private GaleraLeaving() {}

    static Leaving decide(List<GaleraNode> seen, String host) {
        for (GaleraNode node : seen) {
            if (node instanceof GaleraNode.Unread unread) {
                return new Leaving.Refuse(
                        GaleraDecisions.UNREAD,
                        "the database on "
                                + unread.host()
                                + " could not be read ("
                                + unread.why()
                                + "), so no node leaves");
            }
        }
        List<GaleraNode.Read> nodes = seen.stream().map(GaleraNode.Read.class::cast).toList();
        GaleraNode.Read me =
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
        List<GaleraNode.Read> running = nodes.stream().filter(GaleraNode.Read::running).toList();
        long views =
                running.stream()
                        .flatMap(n -> n.wsrep().stream())
                        .map(w -> w.view() + "/" + w.clusterSize())
                        .distinct()
                        .count();
        boolean whole =
                views == 1
                        && running.stream().allMatch(n -> n.primary() && n.synced())
                        && me.wsrep().orElseThrow().clusterSize() == running.size();
        if (!whole) {
            return new Leaving.Wait(
                    "all running nodes to be Synced in one component before one leaves ("
                            + GaleraDecisions.describe(nodes)
                            + ")");
        }
        int left = running.size() - 1;
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
                                + " database nodes would be left, and a majority is "
                                + majority);
    }
}
