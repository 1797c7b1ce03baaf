package kolla.runbooks.galera.backup;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.galera.backup.RestoreDecision.Refuse;
import kolla.runbooks.galera.backup.RestoreDecision.Restore;

/**
 * Whether a backup may be restored, and in which order of hosts. Pure. The rows are tried in this
 * order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>no such backup counts, or the full one that it needs does not<td>refuse {@code
 *     KR-RESTORE-001}, with those there are
 * <tr><td>an archive that is not what its manifest says<td>refuse {@code KR-RESTORE-002}
 * <tr><td>a host not read<td>refuse {@code KR-RESTORE-003}: it would come back with the old data
 * <tr><td>data that cannot be moved aside on their file system<td>refuse {@code KR-RESTORE-004}
 * <tr><td>too little room in the store, or on a host beside its old data<td>refuse {@code
 *     KR-BACKUP-003}
 * <tr><td>otherwise<td>the data on the first host, the others after it, one at a time
 * </table>
 */
public final class RestoreDecisions {

    static final String NO_BACKUP = "KR-RESTORE-001";
    static final String SPOILT = "KR-RESTORE-002";
    static final String UNREAD = "KR-RESTORE-003";
    static final String NOT_MOVABLE = "KR-RESTORE-004";

    private static final int NAMED = 5;
    private static final double ROOM = 1.2;
    private static final long SPARE = 256L << 20;

    private RestoreDecisions() {}

    /**
     * @param backups that count, the newest first
     * @param digests of the archives as they lie in the store, by the backup's id
     * @param hosts one for each host of the database, in the inventory's order
     * @param storeFree bytes in the store
     */
    public static RestoreDecision decide(
            String id,
            List<Backup> backups,
            Map<String, String> digests,
            List<RestoreHost> hosts,
            long storeFree) {
        Optional<Backup> backup = find(backups, id);
        if (backup.isEmpty()) {
            return new Refuse(
                    NO_BACKUP, "backup: \"" + id + "\" is no verified backup; " + newest(backups));
        }
        Optional<Backup> base = backup.get().base().flatMap(b -> find(backups, b));
        if (backup.get().base().isPresent() && base.isEmpty()) {
            return new Refuse(
                    NO_BACKUP,
                    id
                            + " needs "
                            + backup.get().base().get()
                            + ", which is not in the store; "
                            + newest(backups));
        }
        for (Backup needed :
                base.map(b -> List.of(b, backup.get())).orElse(List.of(backup.get()))) {
            String seen = digests.getOrDefault(needed.id(), "none");
            if (!seen.equals(needed.sha256())) {
                return new Refuse(
                        SPOILT,
                        "the archive of "
                                + needed.id()
                                + " has the SHA-256 "
                                + seen
                                + ", its manifest says "
                                + needed.sha256()
                                + "; choose another backup");
            }
        }
        Optional<Refuse> unfit = unfit(hosts, backup.get().preparedBytes(), storeFree);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        List<String> names = hosts.stream().map(RestoreHost::host).toList();
        return new Restore(
                new RestorePlan(
                        id,
                        backup.get().sha256(),
                        base.map(b -> b.id() + ":" + b.sha256()),
                        backup.get().position(),
                        backup.get().copiedAt().toString(),
                        names.get(0),
                        names.subList(1, names.size()),
                        reads(hosts).stream()
                                .filter(RestoreHost.Read::member)
                                .map(RestoreHost.Read::host)
                                .toList()),
                backup.get(),
                base);
    }

    private static Optional<Refuse> unfit(List<RestoreHost> hosts, long bytes, long storeFree) {
        String unread =
                hosts.stream()
                        .filter(RestoreHost.Unread.class::isInstance)
                        .map(RestoreHost.Unread.class::cast)
                        .map(u -> u.host() + " (" + u.why() + ")")
                        .collect(joining(", "));
        if (!unread.isEmpty()) {
            return Optional.of(
                    new Refuse(
                            UNREAD,
                            "not every host of the database could be read: "
                                    + unread
                                    + ". A host that is left out comes back with the old data;"
                                    + " mend it, or take it out of the inventory"));
        }
        for (RestoreHost.Read host : reads(hosts)) {
            if (!host.movable()) {
                return Optional.of(
                        new Refuse(
                                NOT_MOVABLE,
                                "on "
                                        + host.host()
                                        + " the data are a file system of their own, or their"
                                        + " volume is gone, so they cannot be moved aside"));
            }
        }
        long needed = needed(bytes);
        for (RestoreHost.Read host : reads(hosts)) {
            if (host.freeBytes() < needed) {
                return Optional.of(room(host.host(), host.freeBytes(), needed));
            }
        }
        return storeFree < needed
                ? Optional.of(room("the store", storeFree, needed))
                : Optional.empty();
    }

    /** Room for the data beside those that are there. */
    static long needed(long preparedBytes) {
        return Math.round(preparedBytes * ROOM) + SPARE;
    }

    private static Refuse room(String where, long free, long needed) {
        return new Refuse(
                BackupDecisions.NO_ROOM,
                where
                        + " has "
                        + BackupDecisions.megabytes(free)
                        + " free; the data beside the old ones need "
                        + BackupDecisions.megabytes(needed));
    }

    private static String newest(List<Backup> backups) {
        return backups.isEmpty()
                ? "the store has none"
                : "the newest are "
                        + backups.stream()
                                .limit(NAMED)
                                .map(Backup::describe)
                                .collect(joining("; "));
    }

    private static Optional<Backup> find(List<Backup> backups, String id) {
        return backups.stream().filter(b -> b.id().equals(id)).findFirst();
    }

    private static List<RestoreHost.Read> reads(List<RestoreHost> hosts) {
        return hosts.stream()
                .filter(RestoreHost.Read.class::isInstance)
                .map(RestoreHost.Read.class::cast)
                .toList();
    }
}
