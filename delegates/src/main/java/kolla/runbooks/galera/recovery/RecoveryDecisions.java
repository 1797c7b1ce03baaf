package kolla.runbooks.galera.recovery;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;

/**
 * What brings a Galera cluster back. Pure: it sees what was read of the nodes and nothing else. The
 * rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>proposal
 * <tr><td>members of more than one primary component<td>stop {@code KR-RECOVERY-002}: both take
 *     writes, a person decides which one is shut down; every data directory stays. Those of one
 *     UUID are noted as parted ({@link SplitHistory})
 * <tr><td>one primary component with every host, all Synced<td>nothing to do
 * <tr><td>one primary component, a transfer in it is under way<td>wait for it
 * <tr><td>one primary component, nodes outside of it<td>halt those that run without answering; then
 *     rejoin the outsiders one at a time, never a bootstrap. One of another history, ahead of the
 *     component, fenced, or unreadable has its data moved aside and joins empty
 * <tr><td>one primary component, and whoever is missing is not reached<td>stop {@code
 *     KR-RECOVERY-003}
 * <tr><td>no primary, a server runs without answering<td>halt it, unless it receives a transfer that
 *     may come from a host that is not reached: stop {@code KR-RECOVERY-004}
 * <tr><td>no primary, nobody is a candidate<td>stop {@code KR-RECOVERY-001}: restore a backup
 * <tr><td>no primary, candidates of more than one history<td>a person chooses among the most
 *     advanced of each; two people approve
 * <tr><td>no primary, candidates of one history<td>the highest position; of equal ones a running one
 *     (no restart), then the one marked safe_to_bootstrap, then the inventory's order. It is
 *     promoted in place where it runs and its version can, else started as a new component
 * </table>
 *
 * <p>A candidate answers SQL outside of a primary component, or stands and gave a position to a
 * {@code --wsrep-recover} of this very look: a UUID that is not zero and a number from 0. Never one
 * with a broken transfer, nor one whose {@code grastate.dat} names another history than its tables
 * (M4, M5, M7). Whoever was not reached, or has data without a readable position, may hold more:
 * then two people approve (M2).
 */
public final class RecoveryDecisions {

    static final String NO_CANDIDATE = "KR-RECOVERY-001";
    static final String TWO_PRIMARIES = "KR-RECOVERY-002";
    static final String MISSING_UNREACHED = "KR-RECOVERY-003";
    static final String UNSEEN_DONOR = "KR-RECOVERY-004";
    static final String NOT_A_CANDIDATE = "KR-RECOVERY-005";

    private RecoveryDecisions() {}

    /**
     * @param seen every host of the inventory's group, in its order
     * @param chosen the host that a person picked, where that was asked
     */
    public static Proposal decide(List<NodeEvidence> seen, Optional<String> chosen) {
        List<List<Read>> components = Components.of(seen);
        if (components.size() > 1) {
            return new Proposal.Stop(
                    TWO_PRIMARIES,
                    "more than one primary component lives ("
                            + components.stream()
                                    .flatMap(List::stream)
                                    .map(m -> m.host() + " in " + Components.name(m))
                                    .collect(joining("; "))
                            + "). Both may take writes. Decide which one stays. On the hosts of the"
                            + " other one stop the container mariadb and do not start it again,"
                            + " then retry: their data are moved aside and they join empty");
        }
        return components.isEmpty()
                ? withoutPrimary(seen, chosen)
                : withPrimary(seen, components.get(0));
    }

    private static Proposal withPrimary(List<NodeEvidence> seen, List<Read> members) {
        List<Read> outside = reads(seen).stream().filter(r -> !r.primary()).toList();
        List<String> absent = unread(seen);
        if (outside.isEmpty() && absent.isEmpty() && members.stream().allMatch(Read::synced)) {
            return new Proposal.Nothing(
                    "all "
                            + members.size()
                            + " nodes are Synced in one primary component; nothing to recover");
        }
        List<Read> busy = members.stream().filter(m -> !m.synced()).toList();
        if (!busy.isEmpty()) {
            return new Proposal.Wait(
                    "a primary component lives and "
                            + busy.stream()
                                    .map(
                                            m ->
                                                    m.host()
                                                            + " is "
                                                            + m.live()
                                                                    .orElseThrow()
                                                                    .wsrep()
                                                                    .localState())
                                    .collect(joining(", "))
                            + "; a state transfer is never disturbed");
        }
        if (outside.isEmpty()) {
            return new Proposal.Stop(
                    MISSING_UNREACHED,
                    "the primary component of "
                            + names(members)
                            + " serves; "
                            + String.join(", ", absent)
                            + " could not be reached. Mend the host, then retry: it is brought back"
                            + " in");
        }
        List<String> silent = outside.stream().filter(Read::silent).map(Read::host).toList();
        if (!silent.isEmpty()) {
            return new Proposal.Halt(
                    silent,
                    "the server on "
                            + String.join(", ", silent)
                            + " runs, is no member and does not answer; it is stopped so that its"
                            + " position can be read");
        }
        return RejoinDecision.of(seen, members, outside, absent);
    }

    private static Proposal withoutPrimary(List<NodeEvidence> seen, Optional<String> chosen) {
        List<String> absent = unread(seen);
        List<Read> silent = reads(seen).stream().filter(Read::silent).toList();
        List<Read> receiving = silent.stream().filter(r -> r.data().transferBroken()).toList();
        if (!receiving.isEmpty() && !absent.isEmpty()) {
            return new Proposal.Stop(
                    UNSEEN_DONOR,
                    names(receiving)
                            + " receives a state transfer, and "
                            + String.join(", ", absent)
                            + " could not be reached: the donor may live there. Look there, or stop"
                            + " the receiver by hand if you know that there is none, then retry");
        }
        if (!silent.isEmpty()) {
            return new Proposal.Halt(
                    silent.stream().map(Read::host).toList(),
                    "no primary component was seen, and the server on "
                            + names(silent)
                            + " runs without answering; it is stopped so that its position can be"
                            + " read");
        }
        List<Read> candidates =
                reads(seen).stream().filter(r -> Verdict.of(r).candidate()).toList();
        if (candidates.isEmpty()) {
            return new Proposal.Stop(
                    NO_CANDIDATE,
                    "no host that was reached has data with a position in a cluster's history ("
                            + describe(seen)
                            + "); restore a backup with the runbook mariadb-restore, or mend an"
                            + " unreached host first");
        }
        Map<String, Read> best = mostAdvanced(seen, candidates);
        if (chosen.isPresent()) {
            return best.values().stream()
                    .filter(r -> r.host().equals(chosen.get()))
                    .findFirst()
                    .map(r -> BootstrapDecision.of(seen, candidates, r, best.size() > 1))
                    .orElseGet(
                            () ->
                                    new Proposal.Stop(
                                            NOT_A_CANDIDATE,
                                            "chosen host \""
                                                    + chosen.get()
                                                    + "\" is not the most advanced of its history;"
                                                    + " the candidates are "
                                                    + names(List.copyOf(best.values()))));
        }
        if (best.size() > 1) {
            return new Proposal.Choose(
                    best.values().stream().map(RecoveryDecisions::line).toList(),
                    "the hosts hold data of "
                            + best.size()
                            + " different histories, which no number can compare; a person who"
                            + " knows what happened chooses one of "
                            + names(List.copyOf(best.values())));
        }
        return BootstrapDecision.of(seen, candidates, best.values().iterator().next(), false);
    }

    /** By history, the candidate from which nothing of that history is lost. */
    private static Map<String, Read> mostAdvanced(List<NodeEvidence> seen, List<Read> candidates) {
        Comparator<Read> order =
                Comparator.comparingLong((Read r) -> r.position().orElseThrow().seqno())
                        .thenComparing(r -> r.live().isPresent())
                        .thenComparing(r -> r.data().safeToBootstrap())
                        .thenComparing(r -> -seen.indexOf(r));
        Map<String, Read> best = new LinkedHashMap<>();
        for (Read candidate : candidates) {
            best.merge(
                    candidate.position().orElseThrow().history(),
                    candidate,
                    (a, b) -> order.compare(a, b) >= 0 ? a : b);
        }
        return best;
    }

    static RecoveryPlan.Line line(NodeEvidence node) {
        Optional<Position> position =
                node instanceof Read read && !read.primary() ? read.position() : Optional.empty();
        return new RecoveryPlan.Line(node.host(), Verdict.of(node), position);
    }

    static List<RecoveryPlan.Line> lines(List<NodeEvidence> seen) {
        return seen.stream().map(RecoveryDecisions::line).toList();
    }

    static List<Read> reads(List<NodeEvidence> seen) {
        List<Read> reads = new ArrayList<>();
        for (NodeEvidence node : seen) {
            if (node instanceof Read read) {
                reads.add(read);
            }
        }
        return reads;
    }

    static List<String> unread(List<NodeEvidence> seen) {
        return seen.stream()
                .filter(NodeEvidence.Unread.class::isInstance)
                .map(NodeEvidence::host)
                .toList();
    }

    static String names(List<Read> nodes) {
        return nodes.stream().map(Read::host).collect(joining(", "));
    }

    private static String describe(List<NodeEvidence> seen) {
        return seen.stream()
                .map(n -> n.host() + " " + Verdict.of(n).words())
                .collect(joining("; "));
    }
}
