package kolla.runbooks.galera.backup;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.galera.WsrepStatus;
import kolla.runbooks.galera.backup.BackupDecision.Copy;
import kolla.runbooks.galera.backup.BackupDecision.Refuse;

/**
 * Which node is copied, on what an incremental stands, and which backups go. Pure. The rows are
 * tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>a host not read<td>refuse {@code KR-BACKUP-001}: unknown is unsafe
 * <tr><td>a node not Synced, a member missing, or more than one history<td>refuse {@code
 *     KR-BACKUP-001}: the copied node takes no part in flow control and serves no clients, which a
 *     cluster that lacks a member already cannot spare (gates M11, G5)
 * <tr><td>a node desynchronised by somebody else<td>refuse {@code KR-BACKUP-001}
 * <tr><td>full<td>copy the last node in the inventory's order: the first one is the writer
 * <tr><td>incremental, and the newest full one of this history whose data directory still stands on
 *     its host<td>copy that host, from where the full one ended
 * <tr><td>incremental otherwise<td>refuse {@code KR-BACKUP-008}
 * <tr><td>less room in the store than archive and prepared data may take<td>refuse {@code
 *     KR-BACKUP-003}
 * </table>
 *
 * <p>An incremental names pages by their log sequence number, which each node counts for itself. So
 * it fits only to a full one of the very same data directory, and a state transfer makes another.
 */
public final class BackupDecisions {

    static final String NOT_NOW = "KR-BACKUP-001";
    static final String NO_ROOM = "KR-BACKUP-003";
    static final String NO_BASE = "KR-BACKUP-008";

    /** What archive and prepared data take at most, of the size of the data, and a little. */
    private static final double ROOM = 2.2;

    private static final long SPARE = 256L << 20;

    private BackupDecisions() {}

    /**
     * @param nodes one for each host of the database, in the inventory's order
     * @param backups that count, any order
     * @param free bytes in the store
     */
    public static BackupDecision decide(
            BackupKind kind, List<BackupNode> nodes, List<Backup> backups, long free) {
        Optional<String> unsafe = unsafe(nodes);
        if (unsafe.isPresent()) {
            return new Refuse(NOT_NOW, "no backup is taken now: " + unsafe.get());
        }
        List<BackupNode.Read> members = reads(nodes);
        Optional<Backup> base = Optional.empty();
        BackupNode.Read node = members.get(members.size() - 1);
        if (kind == BackupKind.INCREMENTAL) {
            base = base(members, backups);
            if (base.isEmpty()) {
                return new Refuse(NO_BASE, noBase(members, backups));
            }
            node = node(members, base.get()).orElseThrow();
        }
        long needed = needed(node, base);
        return free < needed
                ? new Refuse(
                        NO_ROOM,
                        "the store has "
                                + megabytes(free)
                                + " free; archive and prepared data may need "
                                + megabytes(needed))
                : new Copy(node, members.size() > 1, base);
    }

    /** Room for the archive and for the data that is prepared from it. */
    static long needed(BackupNode.Read node, Optional<Backup> base) {
        long data = Math.max(node.dataBytes(), base.map(Backup::preparedBytes).orElse(0L));
        return Math.round(data * ROOM) + SPARE;
    }

    private static Optional<String> unsafe(List<BackupNode> nodes) {
        String unread =
                nodes.stream()
                        .filter(BackupNode.Unread.class::isInstance)
                        .map(BackupNode.Unread.class::cast)
                        .map(u -> u.host() + " (" + u.why() + ")")
                        .collect(joining(", "));
        if (!unread.isEmpty()) {
            return Optional.of("the database could not be read on " + unread);
        }
        List<BackupNode.Read> members = reads(nodes);
        String seen = members.stream().map(BackupNode.Read::describe).collect(joining("; "));
        boolean whole =
                members.stream()
                        .allMatch(
                                m ->
                                        m.wsrep().synced()
                                                && m.wsrep().clusterSize() == members.size());
        boolean oneHistory =
                members.stream().map(m -> m.wsrep().uuid()).distinct().count() == 1
                        && members.stream()
                                .noneMatch(m -> m.wsrep().uuid().equals(WsrepStatus.ZERO_UUID));
        if (!whole || !oneHistory || members.isEmpty()) {
            return Optional.of(
                    "all "
                            + members.size()
                            + " nodes have to be Synced members of one cluster ("
                            + seen
                            + ")");
        }
        return members.stream().anyMatch(BackupNode.Read::desynced)
                ? Optional.of(
                        "somebody has desynchronised a node; SET GLOBAL wsrep_desync = OFF there ("
                                + seen
                                + ")")
                : Optional.empty();
    }

    private static Optional<Backup> base(List<BackupNode.Read> members, List<Backup> backups) {
        return backups.stream()
                .filter(Backup::full)
                .filter(b -> node(members, b).isPresent())
                .max(Comparator.comparing(Backup::copiedAt));
    }

    /** The node that still has the very data directory which was copied. */
    private static Optional<BackupNode.Read> node(List<BackupNode.Read> members, Backup full) {
        return members.stream()
                .filter(m -> m.host().equals(full.host()))
                .filter(m -> m.wsrep().uuid().equals(full.uuid()))
                // another method would write into the old files and so keep their name
                .filter(m -> m.sst().equals("mariabackup"))
                .filter(m -> m.lineage().equals(Optional.of(full.lineage())))
                .findFirst();
    }

    private static String noBase(List<BackupNode.Read> members, List<Backup> backups) {
        Optional<Backup> newest =
                backups.stream().filter(Backup::full).max(Comparator.comparing(Backup::copiedAt));
        return newest.map(
                                b ->
                                        "no full backup fits: the newest, "
                                                + b.id()
                                                + ", is of history "
                                                + b.uuid()
                                                + " and of a data directory on "
                                                + b.host()
                                                + "; the cluster's history is "
                                                + members.get(0).wsrep().uuid()
                                                + ", or that directory was replaced by a state"
                                                + " transfer or a restore")
                        .orElse("there is no verified full backup yet")
                + "; run it with kind full";
    }

    /**
     * The backups that retention takes away, those that need others first.
     *
     * <p>Kept are the newest {@code keepFull} full ones with all that stand on them, and what the
     * newest backup needs, whatever {@code keepFull} says. An incremental whose full one is not
     * there is of no use to anybody, but it is no reason to delete: it stays and is named by the
     * caller.
     */
    public static List<Backup> expired(List<Backup> backups, int keepFull) {
        Set<String> kept = new LinkedHashSet<>();
        backups.stream()
                .filter(Backup::full)
                .sorted(Comparator.comparing(Backup::copiedAt).reversed())
                .limit(Math.max(1, keepFull))
                .forEach(b -> kept.add(b.id()));
        backups.stream()
                .max(Comparator.comparing(Backup::copiedAt))
                .ifPresent(newest -> kept.add(newest.base().orElse(newest.id())));
        Set<String> full =
                new LinkedHashSet<>(backups.stream().filter(Backup::full).map(Backup::id).toList());
        List<Backup> expired = new ArrayList<>();
        backups.stream()
                .filter(b -> !b.full())
                .filter(b -> b.base().filter(full::contains).isPresent())
                .filter(b -> !kept.contains(b.base().orElseThrow()))
                .forEach(expired::add);
        backups.stream()
                .filter(Backup::full)
                .filter(b -> !kept.contains(b.id()))
                .forEach(expired::add);
        return List.copyOf(expired);
    }

    private static List<BackupNode.Read> reads(List<BackupNode> nodes) {
        return nodes.stream()
                .filter(BackupNode.Read.class::isInstance)
                .map(BackupNode.Read.class::cast)
                .toList();
    }

    static String megabytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
