package kolla.runbooks.galera.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.WsrepStatus;

/** Nodes and backups as the tests of this room need them. */
final class Backups {

    static final String UUID = "94cafb53-e697-11f1-8141-12baa8e16b25";
    static final long DATA = 100L << 20;

    private Backups() {}

    /** The n-th full backup, taken of ctl3's first data directory. */
    static Backup full(int n) {
        return backup("full-" + n, BackupKind.FULL, Optional.empty(), n, "ctl3", "dir-1");
    }

    static Backup incremental(int n, Backup base) {
        return backup(
                "incremental-" + n,
                BackupKind.INCREMENTAL,
                Optional.of(base.id()),
                n,
                base.host(),
                base.lineage());
    }

    static Backup backup(
            String id,
            BackupKind kind,
            Optional<String> base,
            int day,
            String host,
            String lineage) {
        Instant at = Instant.parse("2026-11-01T00:00:00Z").plusSeconds(day * 86_400L);
        return new Backup(
                id,
                kind,
                base,
                "lab",
                UUID + ":" + day,
                host,
                lineage,
                String.valueOf(1000 + day),
                "10.11.19-MariaDB",
                at,
                at.plusSeconds(60),
                5_000,
                "ab".repeat(32),
                DATA,
                82,
                "mariadb-backup-x",
                List.of(new Backup.SchemaRows("keystone", 49, 23)));
    }

    static List<BackupNode> whole() {
        return List.of(node("ctl1", "dir-9"), node("ctl2", "dir-8"), node("ctl3", "dir-1"));
    }

    static BackupNode.Read node(String host, String lineage) {
        return node(host, lineage, "Synced", 3, UUID, false, "mariabackup");
    }

    static BackupNode.Read node(
            String host,
            String lineage,
            String state,
            int size,
            String uuid,
            boolean desynced,
            String sst) {
        return new BackupNode.Read(
                host,
                new WsrepStatus("Primary", state, size, uuid, 7, true, true),
                desynced,
                0,
                Optional.of(lineage),
                sst,
                DATA,
                "registry/mariadb-server:1");
    }
}
