package kolla.runbooks.galera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
     * such a list stands already, a new member is put on it, and nobody else.
     *
     * @throws RunbookFailure {@code KR-GALERA-001} when no member could be asked, {@code
     *     KR-RECOVERY-008} when it refuses
     */
    static void letIn(RolloutContext context, List<GaleraNode> seen, Optional<Host> left) {
        Host member =
                seen.stream()
                        .filter(n -> n instanceof GaleraNode.Read read && read.synced())
                        .flatMap(
                                n ->
                                        context.service().hosts().stream()
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
        Set<String> members = new TreeSet<>();
        context.service().hosts().forEach(h -> members.add(Allowlist.address(context, h)));
        Optional<String> gone =
                left.map(h -> Allowlist.address(context, h)).filter(a -> !members.contains(a));
        Set<String> standing = new TreeSet<>(Allowlist.addresses(context, member));
        if (standing.isEmpty() && gone.isPresent() && !Allowlist.known(context, member)) {
            context.journal()
                    .warn(
                            member.name(),
                            "this server is too old to refuse members (MariaDB 10.10): never power"
                                    + " on a host that has left with its disks in it");
            return;
        }
        Set<String> empty = new TreeSet<>();
        context.service().hosts().stream()
                .filter(h -> withoutData(seen, h.name()))
                .forEach(h -> empty.add(Allowlist.address(context, h)));
        Set<String> wanted = allowed(standing, members, gone, empty);
        if (!wanted.isEmpty()) {
            Fencing.allowOnly(context, member, List.copyOf(wanted));
        }
    }

    /**
     * The addresses that are let in; empty: everybody, as before. Pure.
     *
     * <p>Where a list stands, a recovery has left somebody outside whose data have parted from the
     * cluster's: nobody is added to it but those who have no data.
     *
     * @param standing the list as it is
     * @param members of the service as it will be
     * @param gone the address of the host that left, when no member has it
     * @param empty addresses of members without data
     */
    static Set<String> allowed(
            Set<String> standing, Set<String> members, Optional<String> gone, Set<String> empty) {
        if (standing.isEmpty()) {
            return gone.isPresent() ? members : Set.of();
        }
        Set<String> wanted = new TreeSet<>(standing);
        wanted.addAll(empty);
        gone.ifPresent(wanted::remove);
        return wanted;
    }

    private static boolean withoutData(List<GaleraNode> seen, String host) {
        return seen.stream()
                .anyMatch(
                        n ->
                                n.host().equals(host)
                                        && n instanceof GaleraNode.Read read
                                        && !read.data()
                                        && !read.running());
    }
}
