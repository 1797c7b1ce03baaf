package kolla.runbooks.galera.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A backup that was prepared, started and queried: the manifest that lies beside its archive. There
 * is no manifest of anything less.
 *
 * @param id for example {@code full-20261122-170502-04gsdhkc}; also its folder's name in the store
 * @param base the full one that an incremental needs
 * @param position the point in the cluster's history that it holds, {@code uuid:seqno}
 * @param host the node that was copied
 * @param lineage names the data directory that was copied: page numbers of another one mean
 *     something else, so an incremental needs the same
 * @param lsn where an incremental on this one begins
 * @param serverVersion as the server on the prepared data said it, for example {@code
 *     10.11.19-MariaDB}
 * @param copiedAt when the copy ended: the moment whose data it holds
 * @param verifiedAt when it was proven
 * @param bytes of the archive
 * @param sha256 of the archive, lower-case hex
 * @param preparedBytes of the prepared data: what a restore needs on each host
 * @param tables how many were checked
 * @param run that made it
 * @param schemas with their rows, without the server's own
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Backup(
        String id,
        BackupKind kind,
        Optional<String> base,
        String cluster,
        String position,
        String host,
        String lineage,
        String lsn,
        String serverVersion,
        Instant copiedAt,
        Instant verifiedAt,
        long bytes,
        String sha256,
        long preparedBytes,
        int tables,
        String run,
        List<SchemaRows> schemas) {

    /** How much a schema holds. */
    public record SchemaRows(String name, int tables, long rows) {}

    public Backup {
        schemas = List.copyOf(schemas);
    }

    /** The history that it belongs to. */
    public String uuid() {
        return position.split(":", 2)[0];
    }

    public boolean full() {
        return kind == BackupKind.FULL;
    }

    /** One line for people. */
    public String describe() {
        return id
                + ", "
                + kind.text()
                + base.map(b -> " on " + b).orElse("")
                + ", taken "
                + copiedAt
                + " from "
                + host
                + ", position "
                + position;
    }
}
