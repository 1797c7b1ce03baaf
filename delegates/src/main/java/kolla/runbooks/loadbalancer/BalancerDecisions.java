package kolla.runbooks.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kolla.runbooks.loadbalancer.BalancerDecision.Change;
import kolla.runbooks.loadbalancer.BalancerDecision.Nothing;
import kolla.runbooks.loadbalancer.BalancerDecision.Refuse;
import kolla.runbooks.loadbalancer.BalancerDecision.Wait;

/**
 * In which order load balancers may change. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>any host not read<td>refuse {@code KR-LB-003}: it may hold the virtual address
 * <tr><td>nothing differs here<td>nothing
 * <tr><td>nobody holds the address<td>change: nobody is served through it
 * <tr><td>several hold it, and here it is left over from a Keepalived that died<td>change: its
 *     start takes the address away
 * <tr><td>several hold it<td>wait, then refuse {@code KR-LB-002}
 * <tr><td>another host holds it<td>change
 * <tr><td>this host holds it and another could take it<td>change after handing over
 * <tr><td>this host holds it and no other could take it<td>wait, then refuse {@code KR-LB-001};
 *     with one load balancer in all: change
 * </table>
 *
 * <p>Hosts go one at a time, the holder last; side by side while nobody holds the address.
 * Invariants: those of H in the safety catalogue.
 */
public final class BalancerDecisions {

    static final String NO_TAKER = "KR-LB-001";
    static final String HOLDERS = "KR-LB-002";
    static final String UNREAD = "KR-LB-003";

    private BalancerDecisions() {}

    public static BalancerDecision decide(List<BalancerNode> seen, String host) {
        List<String> unread =
                seen.stream()
                        .filter(BalancerNode.Unread.class::isInstance)
                        .map(BalancerNode.Unread.class::cast)
                        .map(u -> u.host() + " (" + u.why() + ")")
                        .toList();
        if (!unread.isEmpty()) {
            return new Refuse(
                    UNREAD,
                    "the load balancer on "
                            + String.join(", ", unread)
                            + " could not be read; it may hold the virtual address");
        }
        List<BalancerNode.Read> nodes = reads(seen);
        BalancerNode.Read me =
                nodes.stream()
                        .filter(n -> n.host().equals(host))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "host: \"" + host + "\" was not read"));
        List<String> holders = holders(seen);
        if (!me.differs()) {
            return new Nothing();
        }
        if (holders.size() > 1) {
            return me.holdsVip() && !me.keepalived()
                    ? new Change(false)
                    : new Wait(
                            HOLDERS, "one host alone to hold the virtual address, not " + holders);
        }
        if (!me.holdsVip()) {
            return new Change(false);
        }
        boolean taker = nodes.stream().anyMatch(n -> !n.equals(me) && n.able());
        if (taker || nodes.size() == 1) {
            return new Change(taker);
        }
        return new Wait(
                NO_TAKER, "another load balancer that could take the virtual address from " + host);
    }

    /** Names in batches; hosts with nothing to do are left out. */
    public static List<List<String>> order(List<BalancerNode> seen) {
        List<BalancerNode.Read> outstanding =
                reads(seen).stream().filter(BalancerNode.Read::differs).toList();
        if (outstanding.isEmpty()) {
            return List.of();
        }
        if (holders(seen).isEmpty()) {
            return List.of(outstanding.stream().map(BalancerNode.Read::host).toList());
        }
        boolean several = holders(seen).size() > 1;
        Stream<BalancerNode.Read> leftOver =
                outstanding.stream().filter(n -> several && n.holdsVip() && !n.keepalived());
        Stream<BalancerNode.Read> backups = outstanding.stream().filter(n -> !n.holdsVip());
        Stream<BalancerNode.Read> holder =
                outstanding.stream().filter(n -> n.holdsVip() && !(several && !n.keepalived()));
        return Stream.of(leftOver, backups, holder)
                .flatMap(s -> s)
                .map(n -> List.of(n.host()))
                .toList();
    }

    static List<String> holders(List<BalancerNode> seen) {
        List<String> holders = new ArrayList<>();
        for (BalancerNode.Read node : reads(seen)) {
            if (node.holdsVip()) {
                holders.add(node.host());
            }
        }
        return holders;
    }

    private static List<BalancerNode.Read> reads(List<BalancerNode> seen) {
        return seen.stream()
                .filter(BalancerNode.Read.class::isInstance)
                .map(BalancerNode.Read.class::cast)
                .toList();
    }
}
