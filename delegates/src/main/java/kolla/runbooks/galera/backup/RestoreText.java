package kolla.runbooks.galera.backup;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The plan of a restore as a tired person reads it. Pure. */
public final class RestoreText {

    private RestoreText() {}

    /**
     * @param seen the hosts of the database as a table
     */
    public static String of(RestoreDecision.Restore restore, List<String> seen) {
        RestorePlan plan = restore.plan();
        Backup backup = restore.backup();
        StringBuilder text = new StringBuilder();
        text.append("RESTORES ").append(plan.backup()).append('\n');
        text.append("Everything that was committed after ")
                .append(plan.takenAt())
                .append(", position ")
                .append(plan.position())
                .append(", is gone from the database afterwards.\n\n");
        text.append("NOW\n");
        seen.forEach(line -> text.append(line).append('\n'));
        text.append(
                plan.members().isEmpty()
                        ? "No primary component lives.\n"
                        : "A primary component LIVES on "
                                + String.join(", ", plan.members())
                                + ": it is stopped, and what it holds beyond the backup is"
                                + " lost.\n");
        text.append("\nIN THIS ORDER\n");
        text.append(
                String.format(
                        Locale.ROOT,
                        "1. the backup%s is prepared in the store, started and queried again, and"
                                + " put beside the old data on %s (%d MiB); clients are served"
                                + " meanwhile%n",
                        restore.base().map(b -> ", on its full one " + b.id() + ",").orElse(""),
                        plan.first(),
                        backup.preparedBytes() >> 20));
        text.append(
                "2. ALL database servers are stopped: from here on no client is served. The data of"
                        + " every host are moved aside on their own disk and kept\n");
        text.append("3. a new cluster begins on ").append(plan.first()).append('\n');
        if (!plan.joiners().isEmpty()) {
            text.append("4. ")
                    .append(String.join(", then ", plan.joiners()))
                    .append(": joins empty by a full state transfer\n");
        }
        text.append("5. rows are compared with the backup's, then clients are let in again\n\n");
        text.append("THE BACKUP HOLDS\n");
        text.append(
                backup.schemas().stream()
                        .map(
                                s ->
                                        "- "
                                                + s.name()
                                                + ": "
                                                + s.tables()
                                                + " tables, "
                                                + s.rows()
                                                + " rows")
                        .collect(Collectors.joining("\n")));
        return text.append('\n').toString();
    }
}
