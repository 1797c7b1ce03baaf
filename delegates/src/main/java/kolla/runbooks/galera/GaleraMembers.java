package kolla.runbooks.galera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Who belongs to the cluster of databases. */
final class GaleraMembers {

    private GaleraMembers() {}

    /** A component with more members than were read has one that nobody named. Pure. */
    static List<String> countingOn(List<GaleraNode> others, String gone) {
        List<GaleraNode.Read> members = new ArrayList<>();
        for (GaleraNode node : others) {
            if (node instanceof GaleraNode.Read read && read.primary()) {
                members.add(read);
            }
        }
        return members.stream()
                .filter(m -> m.wsrep().orElseThrow().clusterSize() > members.size())
                .map(
                        m ->
                                "the database on "
                                        + m.host()
                                        + " sees "
                                        + m.wsrep().orElseThrow().clusterSize()
                                        + " members, and only "
                                        + members.size()
                                        + " are on the other hosts, so that "
                                        + gone
                                        + " may be one")
                .toList();
    }

    /**
     * When a host has left for good, the cluster lets in its members only: the one that left would
     * else join again as soon as it is powered on, with the list of members that it knows. Where
     * such a list stands already, a new member is put on it.
     *
     * @throws RunbookFailure {@code KR-GALERA-001} when no member could be asked, {@code
     *     KR-RECOVERY-008} when it refuses
     */
    static void letIn(RolloutContext members, List<GaleraNode> seen, Optional<Host> left) {
        Host member =
                seen.stream()
                        .filter(n -> n instanceof GaleraNode.Read read && read.synced())
                        .flatMap(
                                n ->
                                        members.service().hosts().stream()
                                                .filter(h -> h.name().equals(n.host())))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                GaleraDecisions.NO_PRIMARY,
                                                "no member of the primary component could be asked",
                                                seen.stream()
                                                        .map(GaleraFindings::describe)
                                                        .toList()));
        TreeSet<String> addresses = new TreeSet<>();
        members.service().hosts().forEach(h -> addresses.add(Allowlist.address(members, h)));
        boolean another =
                left.filter(h -> !addresses.contains(Allowlist.address(members, h))).isPresent();
        if (another && !Allowlist.known(members, member)) {
            members.journal()
                    .warn(
                            member.name(),
                            "this server is too old to refuse members (MariaDB 10.10): never power"
                                    + " on a host that has left with its disks in it");
        } else if (another || !Allowlist.addresses(members, member).isEmpty()) {
            Fencing.allowOnly(members, member, List.copyOf(addresses));
        }
    }
}
