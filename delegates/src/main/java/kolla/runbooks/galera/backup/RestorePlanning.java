package kolla.runbooks.galera.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.galera.recovery.EvidenceText;
import kolla.runbooks.galera.recovery.NodeEvidence;
import kolla.runbooks.galera.recovery.RecoveryObservation;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/** Looks at the store and at every host, and decides about a restore. Touches no server. */
public final class RestorePlanning {

    /** Prints 1 when data directory and its parent are on one file system, then what is free. */
    private static final String DISK =
            """
            set -e
            [ "$(stat -c %d "$1")" = "$(stat -c %d "$1/..")" ] && echo 1 || echo 0
            df -PB1 "$1" | awk 'NR == 2 { print $4 }'
            """;

    private RestorePlanning() {}

    /**
     * A decision and what it was made from.
     *
     * @param seen the hosts of the database as a table
     */
    public record Look(RestoreDecision.Restore restore, List<String> seen) {
        public Look {
            seen = List.copyOf(seen);
        }

        public String text() {
            return RestoreText.of(restore, seen);
        }
    }

    /**
     * @param id of the backup that was asked for
     * @throws RunbookFailure the refusals of {@link RestoreDecisions}
     */
    public static Look decide(RolloutContext context, String id, Patience patience) {
        BackupStore store = BackupStore.of(context);
        List<Backup> backups = store.backups();
        List<RestoreHost> hosts = new ArrayList<>();
        List<NodeEvidence> seen = new RecoveryObservation(patience.clock()).glance(context);
        seen.forEach(node -> hosts.add(host(context, node)));
        long free = backups.isEmpty() ? 0 : store.free(image(context));
        RestoreDecision decision =
                RestoreDecisions.decide(id, backups, digests(store, backups, id), hosts, free);
        if (decision instanceof RestoreDecision.Refuse refuse) {
            throw RunbookFailure.person(refuse.code(), refuse.sentence(), EvidenceText.table(seen));
        }
        return new Look((RestoreDecision.Restore) decision, EvidenceText.table(seen));
    }

    private static Map<String, String> digests(BackupStore store, List<Backup> backups, String id) {
        Map<String, String> digests = new HashMap<>();
        Optional<Backup> backup = backups.stream().filter(b -> b.id().equals(id)).findFirst();
        backup.ifPresent(
                b -> {
                    digests.put(b.id(), store.digest(b));
                    backups.stream()
                            .filter(f -> b.base().filter(f.id()::equals).isPresent())
                            .forEach(f -> digests.put(f.id(), store.digest(f)));
                });
        return digests;
    }

    private static RestoreHost host(RolloutContext context, NodeEvidence node) {
        if (!(node instanceof NodeEvidence.Read read)) {
            return new RestoreHost.Unread(node.host(), EvidenceText.line(node));
        }
        Host host = context.cluster().inventory().host(node.host());
        Optional<String> folder = context.engine(host).volumePath(GaleraSql.volume(context, host));
        if (folder.isEmpty()) {
            return new RestoreHost.Read(node.host(), false, 0, false);
        }
        String[] disk =
                Shell.run(context, host, "look at the disk", DISK, folder.get()).split("\n");
        return new RestoreHost.Read(
                node.host(),
                read.primary(),
                Long.parseLong(disk[1].strip()),
                disk[0].strip().equals("1"));
    }

    /** That the server of the first host runs, or would. */
    static String image(RolloutContext context) {
        Host first = context.service().hosts().get(0);
        return context.engine(first)
                .inspect(GaleraSql.CONTAINER)
                .map(c -> c.spec().image())
                .orElseGet(() -> GaleraSql.container(context, first).spec().image());
    }
}
