package kolla.runbooks.galera.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.RecoveryPlan.Way;

/** How nodes come back into a primary component that lives. Pure. */
final class RejoinDecision {

    private RejoinDecision() {}

    static Proposal of(
            List<NodeEvidence> seen, List<Read> members, List<Read> outside, List<String> absent) {
        Position now = members.get(0).position().orElseThrow();
        List<String> sentences = new ArrayList<>();
        List<String> joiners = outside.stream().map(Read::host).toList();
        sentences.add(
                "The primary component of "
                        + RecoveryDecisions.names(members)
                        + " lives and is not touched. "
                        + String.join(", ", joiners)
                        + (joiners.size() == 1 ? " rejoins it." : " rejoin it, one at a time."));
        List<String> aside = new ArrayList<>();
        boolean ahead = false;
        for (Read node : outside) {
            Optional<String> why = why(node, now, members);
            if (why.isPresent()) {
                aside.add(node.host());
                sentences.add(
                        "The data on "
                                + node.host()
                                + " "
                                + why.get()
                                + ": they are moved aside on that host and kept, and it joins"
                                + " empty.");
                ahead |= isAhead(node, now);
            }
        }
        if (!absent.isEmpty()) {
            sentences.add(String.join(", ", absent) + " could not be reached and stays as it is.");
        }
        return new Proposal.Recover(
                new RecoveryPlan(
                        Way.REJOIN,
                        members.get(0).host(),
                        Optional.empty(),
                        joiners,
                        aside,
                        List.of(),
                        List.of(),
                        false,
                        ahead ? 2 : 1,
                        RecoveryDecisions.lines(seen),
                        sentences));
    }

    private static boolean isAhead(Read node, Position now) {
        return node.position()
                .filter(p -> Verdict.of(node).candidate())
                .filter(p -> p.sameHistory(now) && p.seqno() > now.seqno())
                .isPresent();
    }

    /** Why a node must not bring its data along; empty when they are a part of the same history. */
    private static Optional<String> why(Read node, Position now, List<Read> members) {
        Verdict verdict = Verdict.of(node);
        boolean fenced =
                members.stream()
                        .map(m -> m.live().orElseThrow().allowed())
                        .anyMatch(a -> !a.isEmpty() && !a.contains(node.address()));
        if (fenced && node.data().present()) {
            return Optional.of("were left behind when the cluster was recovered without this host");
        }
        if (verdict == Verdict.UNREADABLE || verdict == Verdict.NO_HISTORY) {
            return Optional.of("have no readable position");
        }
        Optional<Position> position = node.position().filter(p -> verdict.candidate());
        if (position.filter(p -> !p.sameHistory(now)).isPresent()) {
            return Optional.of("are of another history (" + position.get().history() + ")");
        }
        return isAhead(node, now)
                ? Optional.of(
                        "are ahead of the component ("
                                + position.orElseThrow().seqno()
                                + " and "
                                + now.seqno()
                                + "): it holds transactions that the cluster has lost")
                : Optional.empty();
    }
}
