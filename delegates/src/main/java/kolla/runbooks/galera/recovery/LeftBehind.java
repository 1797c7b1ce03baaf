package kolla.runbooks.galera.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kolla.runbooks.galera.WsrepStatus;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;
import kolla.runbooks.galera.recovery.NodeEvidence.Server;

/**
 * A server that runs although the cluster was recovered without its host. The fence keeps it from
 * joining; what it can do is make a primary component of its own, from the view that it saved
 * before its power went, and take writes beside the recovered one.
 *
 * @param host it runs on
 * @param proof why it is certain that this is the side that was left behind
 */
public record LeftBehind(String host, String proof) {

    /**
     * Pure. Only where there is no doubt which side is the recovered one:
     *
     * <ul>
     *   <li>exactly one primary component is fenced, its members that were read say the same: the
     *       list of allowed addresses names every one of them, and their data bear the note of the
     *       same recovery
     *   <li>the host is not on that list and its server runs outside of that component
     *   <li>its data are of the same history (the UUID), and bear no note, or one that the data of
     *       the recovered side bore earlier
     *   <li>it has no fence of its own
     * </ul>
     */
    static List<LeftBehind> of(List<NodeEvidence> seen) {
        List<List<Read>> fenced =
                Components.of(seen).stream().filter(LeftBehind::recovered).toList();
        if (fenced.size() != 1) {
            return List.of();
        }
        List<Read> members = fenced.get(0);
        List<LeftBehind> found = new ArrayList<>();
        for (Read node : RecoveryDecisions.reads(seen)) {
            if (!members.contains(node) && older(node, members)) {
                found.add(
                        new LeftBehind(
                                node.host(),
                                "the primary component of "
                                        + RecoveryDecisions.names(members)
                                        + " was recovered by "
                                        + branch(members.get(0))
                                        + " without "
                                        + node.host()
                                        + ": it lets in only "
                                        + String.join(", ", allowed(members.get(0)))
                                        + ", and the data on "
                                        + node.host()
                                        + " are from before"));
            }
        }
        return found;
    }

    private static boolean recovered(List<Read> members) {
        Set<Set<String>> lists =
                members.stream().map(LeftBehind::allowed).collect(Collectors.toSet());
        Set<String> branches = members.stream().map(LeftBehind::branch).collect(Collectors.toSet());
        return lists.size() == 1
                && branches.size() == 1
                && !branches.contains("")
                && members.stream().anyMatch(Read::synced)
                && members.stream().allMatch(m -> allowed(m).contains(m.address()));
    }

    private static boolean older(Read node, List<Read> members) {
        String uuid = members.get(0).live().orElseThrow().wsrep().uuid();
        boolean before =
                branch(node).isEmpty()
                        || members.stream()
                                .anyMatch(m -> m.data().earlier().contains(branch(node)));
        return node.server() == Server.RUNNING
                && !allowed(members.get(0)).contains(node.address())
                && uuid(node).equals(uuid)
                && !branch(node).equals(branch(members.get(0)))
                && before
                && node.live().map(l -> l.allowed().isEmpty()).orElse(true);
    }

    private static String uuid(Read node) {
        return node.live()
                .map(l -> l.wsrep().uuid())
                .filter(u -> !u.isEmpty() && !u.equals(WsrepStatus.ZERO_UUID))
                .or(() -> node.data().saved().map(Position::uuid))
                .orElse("");
    }

    private static String branch(Read node) {
        return node.data().branch();
    }

    private static Set<String> allowed(Read member) {
        return member.live().map(l -> new TreeSet<>(l.allowed())).orElseGet(TreeSet::new);
    }
}
