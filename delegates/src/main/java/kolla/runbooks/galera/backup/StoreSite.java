package kolla.runbooks.galera.backup;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Where a cluster's backups are kept, by its definition: {@code runbooks_backup_host} or the first
 * host of the group {@code backup}.
 *
 * @param volume of that host's engine, or an absolute path on it
 * @param port that is listened on while data is sent
 * @param keepFull how many full backups are kept
 */
public record StoreSite(Host host, String volume, int port, int keepFull) {

    static final String NO_STORE = "KR-BACKUP-002";
    private static final String GROUP = "backup";

    /**
     * @throws RunbookFailure {@code KR-BACKUP-002} when no host is named, or one that serves the
     *     database: a backup on the disk that it is of is none
     */
    public static StoreSite of(RolloutContext context) {
        Variables settings = GaleraSql.service(context).settings();
        Host host = host(context.cluster().inventory(), settings);
        if (GaleraSql.service(context).hosts().contains(host)) {
            throw refuse(
                    "runbooks_backup_host: \""
                            + host.name()
                            + "\" serves the database itself; name a host that does not");
        }
        int keep = settings.integer("runbooks_backup_keep_full", 7);
        if (keep < 1) {
            throw refuse("runbooks_backup_keep_full: " + keep + " must be 1 or more");
        }
        return new StoreSite(
                host,
                settings.string("runbooks_backup_volume", "mariadb_backup"),
                settings.integer("runbooks_backup_port", 4446),
                keep);
    }

    private static Host host(Inventory inventory, Variables settings) {
        String named = settings.string("runbooks_backup_host", "").strip();
        if (!named.isEmpty()) {
            return inventory
                    .find(named)
                    .orElseThrow(
                            () ->
                                    refuse(
                                            "runbooks_backup_host: \""
                                                    + named
                                                    + "\" is not in the inventory, which has "
                                                    + inventory.hosts()));
        }
        return Optional.of(inventory.group(GROUP)).filter(g -> !g.isEmpty()).stream()
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow(
                        () ->
                                refuse(
                                        "no host keeps backups: put one that serves no database"
                                            + " into the inventory's group \"backup\", or name it"
                                            + " in runbooks_backup_host of globals.yml"));
    }

    boolean isPath() {
        return volume.startsWith("/");
    }

    private static RunbookFailure refuse(String sentence) {
        return RunbookFailure.person(NO_STORE, sentence, List.of());
    }
}
