package kolla.runbooks.galera.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;

/** Counts the rows of every schema on one running node, as the proof of a backup does. */
public final class LiveRows {

    static final String OTHER_ROWS = "KR-RESTORE-005";

    private static final String COUNT =
            """
            socket=$(my_print_defaults mariadbd mysqld server | sed -n 's/^--socket=//p' | tail -n 1)
            ask() { mariadb --user=root ${socket:+"--socket=$socket"} --batch --skip-column-names --connect-timeout=5; }
            set -e
            tables=$(echo "SELECT CONCAT('SELECT ''', table_schema, ''', COUNT(*) FROM \\`',
                REPLACE(table_schema, '\\`', '\\`\\`'), '\\`.\\`', REPLACE(table_name, '\\`', '\\`\\`'), '\\`;')
              FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN
              ('information_schema', 'performance_schema', 'sys', 'mysql');" | ask)
            echo "$tables" | ask
            """;

    private LiveRows() {}

    /**
     * @throws RunbookFailure {@code KR-RESTORE-005} when a node holds other rows than the backup
     */
    public static void compare(RolloutContext context, Host host, Backup backup) {
        ContainerEngine.ExecResult result =
                context.engine(host)
                        .exec(
                                GaleraSql.CONTAINER,
                                List.of("bash", "-c", COUNT),
                                Map.of(
                                        "MYSQL_PWD",
                                        GaleraSql.password(context, "database_password")),
                                Optional.empty(),
                                BackupJobs.budget(backup.preparedBytes()));
        if (!result.ok()) {
            throw RunbookFailure.person(
                    OTHER_ROWS, host.name(), "its rows could not be counted", result.err());
        }
        List<Backup.SchemaRows> rows = parse(result.out());
        if (!rows.equals(backup.schemas())) {
            throw RunbookFailure.person(
                    OTHER_ROWS,
                    host.name(),
                    "the node holds other rows than the backup " + backup.id(),
                    "backup: " + backup.schemas(),
                    host.name() + ": " + rows);
        }
        context.journal().log(host.name(), "holds the rows of " + backup.id() + ": " + rows);
    }

    /** A schema and a count a line. */
    static List<Backup.SchemaRows> parse(String output) {
        Map<String, List<Long>> counts = new java.util.TreeMap<>();
        output.lines()
                .map(l -> l.split("\t"))
                .filter(f -> f.length == 2)
                .forEach(
                        f ->
                                counts.computeIfAbsent(f[0], s -> new ArrayList<>())
                                        .add(Long.parseLong(f[1].strip())));
        List<Backup.SchemaRows> rows = new ArrayList<>();
        counts.forEach(
                (schema, all) ->
                        rows.add(
                                new Backup.SchemaRows(
                                        schema,
                                        all.size(),
                                        all.stream().mapToLong(Long::longValue).sum())));
        rows.sort(Comparator.comparing(Backup.SchemaRows::name));
        return rows;
    }
}
