package kolla.runbooks.galera.recovery;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.RecoveryPlan.Way;

/** What follows once it is clear which node the cluster starts from. Pure. */
final class BootstrapDecision {

    private BootstrapDecision() {}

    /**
     * @param best the most advanced candidate of its history
     * @param chosen whether a person preferred it to another history
     */
    static Proposal of(List<NodeEvidence> seen, List<Read> candidates, Read best, boolean chosen) {
        Position position = best.position().orElseThrow();
        List<Read> others =
                RecoveryDecisions.reads(seen).stream().filter(r -> !r.equals(best)).toList();
        List<String> absent = RecoveryDecisions.unread(seen);
        boolean inPlace = best.live().map(LiveNode::promotable).orElse(false);
        // a running node with data of another history must be stopped before its data are moved
        List<String> halted =
                RecoveryDecisions.reads(seen).stream()
                        .filter(r -> r.live().isPresent())
                        .filter(r -> !inPlace || !sameHistory(r, position))
                        .map(Read::host)
                        .toList();
        List<String> aside =
                others.stream().filter(r -> foreign(r, position)).map(Read::host).toList();
        List<String> unreadable =
                others.stream().filter(r -> Verdict.of(r).unknown()).map(Read::host).toList();
        boolean keepsCopy = !inPlace && best.data().copyFits();
        List<String> sentences = new ArrayList<>();
        sentences.add(choice(candidates, best, chosen, inPlace));
        if (!others.isEmpty()) {
            sentences.add(
                    "Then "
                            + others.stream().map(Read::host).collect(joining(", "))
                            + (others.size() == 1 ? " joins" : " join one at a time")
                            + ", each until it is Synced.");
        }
        for (String host : aside) {
            sentences.add(
                    "The data on "
                            + host
                            + " are no part of this history: they are moved aside on that host and"
                            + " kept, and it joins empty.");
        }
        sentences.addAll(
                Loss.sentences(
                        position, absent, unreadable, RecoveryDecisions.reads(seen), chosen));
        sentences.add(copy(best, inPlace, keepsCopy));
        return new Proposal.Recover(
                new RecoveryPlan(
                        inPlace ? Way.PROMOTE : Way.BOOTSTRAP,
                        best.host(),
                        Optional.of(position),
                        others.stream().map(Read::host).toList(),
                        aside,
                        absent,
                        halted,
                        keepsCopy,
                        chosen || !absent.isEmpty() || !unreadable.isEmpty() ? 2 : 1,
                        RecoveryDecisions.lines(seen),
                        sentences));
    }

    private static boolean sameHistory(Read node, Position position) {
        return node.position().filter(p -> p.known() && p.sameHistory(position)).isPresent();
    }

    /** Data that would be overwritten by a transfer and that this history does not contain. */
    private static boolean foreign(Read node, Position position) {
        Verdict verdict = Verdict.of(node);
        return verdict == Verdict.UNREADABLE
                || verdict == Verdict.NO_HISTORY
                || (verdict.candidate() && !sameHistory(node, position));
    }

    private static String choice(
            List<Read> candidates, Read best, boolean chosen, boolean inPlace) {
        Position position = best.position().orElseThrow();
        List<Read> same = candidates.stream().filter(c -> sameHistory(c, position)).toList();
        List<Read> equal =
                same.stream()
                        .filter(c -> c.position().orElseThrow().equals(position))
                        .filter(c -> !c.equals(best))
                        .toList();
        String which =
                chosen
                        ? "A person chose " + best.host() + " among different histories"
                        : same.size() == 1
                                ? best.host() + " is the only candidate"
                                : equal.isEmpty()
                                        ? best.host() + " has the highest position"
                                        : best.host()
                                                + ", "
                                                + RecoveryDecisions.names(equal)
                                                + " have the same highest position; "
                                                + tie(best, equal);
        return which
                + " (position "
                + position.seqno()
                + "). "
                + (inPlace
                        ? "It runs and is declared the primary component in place."
                        : "It is started as the new primary component.");
    }

    private static String tie(Read best, List<Read> equal) {
        if (best.live().isPresent() && equal.stream().anyMatch(e -> e.live().isEmpty())) {
            return best.host() + " is taken because it runs";
        }
        boolean marked =
                best.data().safeToBootstrap()
                        && equal.stream().noneMatch(e -> e.data().safeToBootstrap());
        return best.host()
                + (marked
                        ? " is taken because it was stopped last (safe_to_bootstrap)"
                        : " is taken because it comes first in the inventory");
    }

    private static String copy(Read best, boolean inPlace, boolean keepsCopy) {
        if (inPlace) {
            return "No copy of its data is made: the server goes on and rewrites nothing.";
        }
        return keepsCopy
                ? "A copy of its data is kept on " + best.host() + " before it is started."
                : "WAIVER: no copy of its data is kept, the disk of "
                        + best.host()
                        + " is too full for one.";
    }
}
