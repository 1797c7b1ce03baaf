package kolla.runbooks.galera.backup;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.galera.WsrepStatus;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Reads the nodes for a backup, side by side. Changes nothing. */
final class BackupObservation {

    /** The name of the file that names a data directory; a state transfer removes it. */
    static final String LINEAGE = "kolla-runbooks-lineage";

    private static final String QUERY =
            WsrepStatus.QUERY
                    + "; SELECT 'desync', @@GLOBAL.wsrep_desync"
                    + "; SELECT 'sst', @@GLOBAL.wsrep_sst_method"
                    + "; SHOW GLOBAL STATUS LIKE 'wsrep_local_recv_queue'";

    /** Prints kibibytes of what a copy holds, then the lineage. */
    private static final String DISK =
            """
            set -e
            du -sk --exclude=galera.cache --exclude='gcache.page.*' --exclude='mysql-bin.*' \
              --exclude='ib_logfile*' --exclude=ibtmp1 "$1" | cut -f1
            cat "$1/$2" 2>/dev/null || true
            """;

    private BackupObservation() {}

    static List<BackupNode> nodes(RolloutContext context) {
        return context.look(h -> read(context, h), BackupNode.Unread::new);
    }

    static BackupNode read(RolloutContext context, Host host) {
        ContainerEngine engine = context.engine(host);
        Optional<ContainerState> container = engine.inspect(GaleraSql.CONTAINER);
        if (!container.map(ContainerState::running).orElse(false)) {
            return new BackupNode.Unread(host.name(), "the container mariadb does not run");
        }
        ContainerEngine.ExecResult answer = GaleraSql.asRoot(context, host, QUERY);
        Optional<WsrepStatus> wsrep =
                answer.ok() ? WsrepStatus.parse(answer.out()) : Optional.empty();
        if (wsrep.isEmpty()) {
            return new BackupNode.Unread(
                    host.name(), "the server does not answer: " + answer.err().strip());
        }
        String folder =
                engine.volumePath(GaleraSql.volume(context, host))
                        .orElseThrow(() -> new IllegalStateException("the server has no volume"));
        String[] disk =
                Shell.run(context, host, "look at the data directory", DISK, folder, LINEAGE)
                        .split("\n");
        return new BackupNode.Read(
                host.name(),
                wsrep.get(),
                List.of("1", "ON").contains(value(answer.out(), "desync")),
                Long.parseLong("0" + value(answer.out(), "wsrep_local_recv_queue")),
                Optional.of(disk.length > 1 ? disk[1].strip() : "").filter(t -> !t.isEmpty()),
                value(answer.out(), "sst"),
                Long.parseLong(disk[0].strip()) * 1024,
                container.get().spec().image());
    }

    private static String value(String table, String name) {
        return table.lines()
                .map(l -> l.split("\t", 2))
                .filter(f -> f.length == 2 && f[0].equals(name))
                .map(f -> f[1].strip())
                .findFirst()
                .orElse("");
    }
}
