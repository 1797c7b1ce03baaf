package kolla.runbooks.loadbalancer;

import java.util.List;
import kolla.runbooks.loadbalancer.BalancerDecision.Change;
import kolla.runbooks.loadbalancer.BalancerDecision.Nothing;
import kolla.runbooks.loadbalancer.BalancerDecision.Refuse;
import kolla.runbooks.loadbalancer.BalancerDecision.Wait;

/**
 * Whether a load balancer may be taken out. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>any host not read<td>refuse {@code KR-LB-003}: it may hold the virtual address
 * <tr><td>nothing runs here and the address is elsewhere<td>nothing
 * <tr><td>several hold the address<td>wait, then refuse {@code KR-LB-002}
 * <tr><td>no other could hold the address and serve<td>wait, then refuse {@code KR-LB-001}
 * <tr><td>otherwise<td>change, after handing over where the address is here
 * </table>
 */
final class BalancerLeaving {

    private BalancerLeaving() {}

    static BalancerDecision decide(List<BalancerNode> seen, String host) {
        for (BalancerNode node : seen) {
            if (node instanceof BalancerNode.Unread unread) {
                return new Refuse(
                        BalancerDecisions.UNREAD,
                        "the load balancer on "
                                + unread.host()
                                + " could not be read ("
                                + unread.why()
                                + "); it may hold the virtual address");
            }
        }
        List<BalancerNode.Read> nodes = seen.stream().map(BalancerNode.Read.class::cast).toList();
        BalancerNode.Read me =
                nodes.stream()
                        .filter(n -> n.host().equals(host))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "host: \"" + host + "\" was not read"));
        if (!me.haproxy() && !me.keepalived() && !me.holdsVip()) {
            return new Nothing();
        }
        List<String> holders = BalancerDecisions.holders(seen);
        if (holders.size() > 1) {
            return new Wait(
                    BalancerDecisions.HOLDERS,
                    "one host alone to hold the virtual address, not " + holders);
        }
        if (nodes.stream().noneMatch(n -> !n.equals(me) && n.able())) {
            return new Wait(
                    BalancerDecisions.NO_TAKER,
                    "another load balancer that could hold the virtual address without " + host);
        }
        return new Change(me.holdsVip());
    }
}
