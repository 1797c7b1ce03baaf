package kolla.runbooks.galera;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import kolla.runbooks.galera.GaleraDecision.EndBootstrap;
import kolla.runbooks.galera.GaleraDecision.Join;
import kolla.runbooks.galera.GaleraDecision.Later;
import kolla.runbooks.galera.GaleraDecision.MakeData;
import kolla.runbooks.galera.GaleraDecision.Nothing;
import kolla.runbooks.galera.GaleraDecision.Refresh;
import kolla.runbooks.galera.GaleraDecision.Refuse;
import kolla.runbooks.galera.GaleraDecision.Replace;
import kolla.runbooks.galera.GaleraDecision.StartNewCluster;
import kolla.runbooks.galera.GaleraDecision.Wait;

/**
 * What a rollout may do to a Galera cluster. Pure: it sees the nodes as they were read and nothing
 * else. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>any host not read<td>refuse {@code KR-GALERA-002}: what is not known may hold data
 * <tr><td>more than one history (uuid)<td>refuse {@code KR-GALERA-003}: a person picks
 * <tr><td>no primary, nobody has data or runs<td>make data on the first host, start it as a new
 *     cluster
 * <tr><td>no primary, only the first host has data, and the mark says it was made for a cluster
 *     that was never formed<td>go on with the bootstrap; a half-made directory is moved aside when
 *     this run made it, else refuse {@code KR-GALERA-005}
 * <tr><td>no primary, one host in all, it has data<td>start it: nobody can have newer data
 * <tr><td>no primary, data somewhere<td>refuse {@code KR-GALERA-001}: this is for the runbook
 *     galera-recovery
 * <tr><td>members that see different views<td>wait; two primary components would show so
 * <tr><td>a Synced member whose database is as it should be, but not what runs beside it<td>refresh
 *     that
 * <tr><td>a member that differs<td>replace it while the component has its full size and all are
 *     Synced
 * <tr><td>no member, and all members are Synced and accounted for<td>join it, unless it is on its
 *     way by itself
 * </table>
 *
 * <p>So one node at most is away at any time, and it leaves gracefully, which keeps the others a
 * primary component whatever their number. A node that bootstrapped the cluster is started again
 * without that flag at the end, when all others are Synced.
 *
 * <p>Invariants: M1, M2, M4, M11, M12 and the rolling rules of the safety catalogue.
 */
public final class GaleraDecisions {

    static final String NO_PRIMARY = "KR-GALERA-001";
    static final String UNREAD = "KR-GALERA-002";
    static final String SPLIT = "KR-GALERA-003";
    static final String NOT_SYNCED = "KR-GALERA-004";
    static final String HALF_MADE = "KR-GALERA-005";

    private GaleraDecisions() {}

    /** What may be done to the node on {@code host} now. */
    public static GaleraDecision decide(GaleraDesired desired, List<GaleraNode> seen, String host) {
        Optional<Refuse> unsafe = unsafe(seen);
        if (unsafe.isPresent()) {
            return unsafe.get();
        }
        List<GaleraNode.Read> nodes = reads(seen);
        return nodes.stream().anyMatch(GaleraNode.Read::primary)
                ? withPrimary(desired, nodes, node(nodes, host))
                : withoutPrimary(desired, nodes, host);
    }

    /**
     * The order in which hosts get their turn; the first host comes twice when it bootstraps. Hosts
     * with nothing to do are left out.
     */
    public static List<String> order(GaleraDesired desired, List<GaleraNode> seen) {
        List<GaleraNode.Read> nodes = reads(seen);
        if (nodes.stream().noneMatch(GaleraNode.Read::primary)) {
            List<String> all = new ArrayList<>(desired.hosts());
            if (desired.size() > 1) {
                all.add(desired.first());
            }
            return all;
        }
        // missing ones first, because they restore redundancy; the writer moves once, at the end
        Stream<String> missing = desired.hosts().stream().filter(h -> !node(nodes, h).primary());
        Stream<String> members =
                desired.hosts().stream()
                        .filter(h -> !h.equals(desired.first()))
                        .filter(h -> node(nodes, h).primary() && touched(node(nodes, h)));
        Stream<String> writer =
                Stream.of(desired.first())
                        .filter(h -> node(nodes, h).primary() && touched(node(nodes, h)));
        List<String> order =
                new ArrayList<>(Stream.of(missing, members, writer).flatMap(s -> s).toList());
        // the mark is dropped before anyone joins
        boolean marked = node(nodes, desired.first()).mark().isPresent();
        if (marked && node(nodes, desired.first()).primary() && order.size() > 1) {
            order.add(0, desired.first());
        }
        return order;
    }

    private static boolean touched(GaleraNode.Read node) {
        return node.outstanding() || node.sidecars();
    }

    private static Optional<Refuse> unsafe(List<GaleraNode> seen) {
        List<String> unread =
                seen.stream()
                        .filter(GaleraNode.Unread.class::isInstance)
                        .map(GaleraNode.Unread.class::cast)
                        .map(u -> u.host() + " (" + u.why() + ")")
                        .toList();
        if (!unread.isEmpty()) {
            return Optional.of(
                    new Refuse(
                            UNREAD,
                            "the database on "
                                    + String.join(", ", unread)
                                    + " could not be read; it may hold data or be the primary"
                                    + " component, so nothing is touched"));
        }
        TreeSet<String> uuids = new TreeSet<>();
        for (GaleraNode.Read node : reads(seen)) {
            node.savedUuid().ifPresent(uuids::add);
            node.wsrep()
                    .map(WsrepStatus::uuid)
                    .filter(u -> !u.isEmpty() && !u.equals(WsrepStatus.ZERO_UUID))
                    .ifPresent(uuids::add);
        }
        return uuids.size() <= 1
                ? Optional.empty()
                : Optional.of(
                        new Refuse(
                                SPLIT,
                                "the nodes hold data of different clusters ("
                                        + describe(reads(seen))
                                        + "); a person decides which is right"));
    }

    private static GaleraDecision withoutPrimary(
            GaleraDesired desired, List<GaleraNode.Read> nodes, String host) {
        GaleraNode.Read first = node(nodes, desired.first());
        List<GaleraNode.Read> suspects =
                nodes.stream()
                        .filter(n -> !n.equals(first) || n.mark().isEmpty())
                        .filter(n -> n.data() || n.running() || n.mark().isPresent())
                        .toList();
        if (!suspects.isEmpty()) {
            if (desired.size() == 1 && first.data() && !first.running()) {
                return new Join();
            }
            return noPrimary(nodes, suspects);
        }
        if (!host.equals(desired.first())) {
            return new Wait(
                    NO_PRIMARY, "a primary component, which " + desired.first() + " bootstraps");
        }
        return first.mark().map(m -> resume(desired, first, m)).orElse(new MakeData(false));
    }

    private static GaleraDecision resume(
            GaleraDesired desired, GaleraNode.Read first, BootstrapMark mark) {
        if (mark.complete()) {
            return first.running()
                    ? new Wait(NOT_SYNCED, first.host() + " to form the new cluster")
                    : new StartNewCluster();
        }
        boolean mine = mark.run().equals(desired.run());
        if (first.running() || (first.data() && !mine)) {
            return new Refuse(
                    HALF_MADE,
                    "the data directory on "
                            + first.host()
                            + " was left half made by run "
                            + mark.run()
                            + "; no cluster was ever formed from it; move it away, then retry");
        }
        // a job that is still there is attached to, so its directory stays where it is
        return new MakeData(first.data() && !first.jobLeft());
    }

    private static GaleraDecision noPrimary(
            List<GaleraNode.Read> nodes, List<GaleraNode.Read> suspects) {
        String sentence =
                "the cluster exists but no node is in a primary component ("
                        + describe(nodes)
                        + "); start the runbook galera-recovery";
        return suspects.stream().anyMatch(GaleraNode.Read::running)
                ? new Wait(NO_PRIMARY, sentence)
                : new Refuse(NO_PRIMARY, sentence);
    }

    private static GaleraDecision withPrimary(
            GaleraDesired desired, List<GaleraNode.Read> nodes, GaleraNode.Read me) {
        List<GaleraNode.Read> members = nodes.stream().filter(GaleraNode.Read::primary).toList();
        List<WsrepStatus> views = members.stream().flatMap(n -> n.wsrep().stream()).toList();
        if (views.stream().map(w -> w.view() + "/" + w.clusterSize()).distinct().count() > 1) {
            return new Wait(
                    SPLIT,
                    "the members to see one and the same component (" + describe(nodes) + ")");
        }
        boolean accountedFor = views.get(0).clusterSize() == members.size();
        boolean allSynced = accountedFor && members.stream().allMatch(GaleraNode.Read::synced);
        if (!me.primary()) {
            return outside(nodes, me, allSynced);
        }
        if (me.mark().isPresent() && me.synced()) {
            return new EndBootstrap();
        }
        if (me.sidecars() && me.synced() && (me.flagged() || !me.outstanding())) {
            return new Refresh();
        }
        if (!me.outstanding()) {
            return me.synced()
                    ? new Nothing()
                    : new Wait(NOT_SYNCED, me.host() + " to be Synced (" + describe(nodes) + ")");
        }
        if (allSynced && members.size() == desired.size()) {
            return new Replace();
        }
        return me.flagged() && allSynced
                ? new Later("it is started without its bootstrap flag when all have joined")
                : new Wait(
                        NOT_SYNCED,
                        "all "
                                + desired.size()
                                + " nodes to be Synced before one is restarted ("
                                + describe(nodes)
                                + ")");
    }

    private static GaleraDecision outside(
            List<GaleraNode.Read> nodes, GaleraNode.Read me, boolean allSynced) {
        if (me.mark().isPresent()) {
            return new Refuse(
                    HALF_MADE,
                    me.host()
                            + " carries the mark of a bootstrap but the cluster lives without it ("
                            + describe(nodes)
                            + ")");
        }
        if (!allSynced) {
            return new Wait(
                    NOT_SYNCED,
                    "all members to be Synced before "
                            + me.host()
                            + " joins ("
                            + describe(nodes)
                            + ")");
        }
        return me.running() && !me.outstanding()
                ? new Wait(NOT_SYNCED, me.host() + " to join (" + describe(nodes) + ")")
                : new Join();
    }

    static String describe(List<GaleraNode.Read> nodes) {
        return nodes.stream().map(GaleraNode.Read::describe).collect(joining("; "));
    }

    private static List<GaleraNode.Read> reads(List<GaleraNode> seen) {
        return seen.stream()
                .filter(GaleraNode.Read.class::isInstance)
                .map(GaleraNode.Read.class::cast)
                .toList();
    }

    private static GaleraNode.Read node(List<GaleraNode.Read> nodes, String host) {
        return nodes.stream()
                .filter(n -> n.host().equals(host))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("host: \"" + host + "\" was not read"));
    }
}
