package kolla.runbooks.galera.backup;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import kolla.runbooks.journal.Run;

/**
 * The backup that a run is to make.
 *
 * @param id the same whenever it is asked for, so that a step that is run again finds its work
 */
public record BackupOrder(String id, BackupKind kind) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Every id is of this form; also the pattern of the start form. */
    public static final String ID_PATTERN = "(full|incremental)-[0-9]{8}-[0-9]{6}-[0-9a-z]{1,32}";

    /** The order of this run. */
    public static BackupOrder of(Run run, BackupKind kind) {
        String own = run.id().value();
        return new BackupOrder(
                kind.text()
                        + "-"
                        + TIME.format(run.startedAt())
                        + "-"
                        + own.substring(own.lastIndexOf('-') + 1),
                kind);
    }
}
