package kolla.runbooks.galera.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.GaleraSql;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Compares the tables of all members by {@code CHECKSUM TABLE}. A table that is written to
 * meanwhile differs for a moment, so those that differ are compared again before they count.
 */
final class TableComparison {

    static final String REFUSED = "KR-RECOVERY-014";

    /**
     * A checksum reads the whole table; larger ones would load a cluster that has just come back.
     */
    private static final long LARGEST = 256L << 20;

    private static final int AT_ONCE = 40;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Every schema but the server's own, and of those what is replicated. */
    private static final String TABLES =
            "SELECT CONCAT('`', table_schema, '`.`', table_name, '`') FROM"
                    + " information_schema.tables WHERE table_type = 'BASE TABLE' AND"
                    + " IFNULL(data_length, 0) <= "
                    + LARGEST
                    + " AND (table_schema NOT IN ('mysql', 'information_schema',"
                    + " 'performance_schema', 'sys') OR (table_schema = 'mysql' AND table_name IN"
                    + " ('global_priv', 'db', 'tables_priv', 'columns_priv', 'procs_priv', 'proc',"
                    + " 'roles_mapping', 'wsrep_allowlist'))) ORDER BY 1;";

    private final Patience patience;

    TableComparison(Patience patience) {
        this.patience = patience;
    }

    /** One sentence for each table that differs and keeps differing. */
    List<String> wrongs(RolloutContext context, List<String> absent) {
        List<Host> members =
                context.service().hosts().stream().filter(h -> !absent.contains(h.name())).toList();
        List<String> tables =
                ask(context, members.get(0), TABLES)
                        .lines()
                        .map(String::strip)
                        .filter(t -> !t.isEmpty())
                        .toList();
        List<String> open = new ArrayList<>(tables);
        List<String> wrongs = new ArrayList<>();
        patience.until(
                LIMIT,
                () -> {
                    Map<String, Map<String, String>> sums = sums(context, members, open);
                    open.clear();
                    wrongs.clear();
                    sums.forEach(
                            (table, byHost) -> {
                                if (new TreeSet<>(byHost.values()).size() > 1) {
                                    open.add(table);
                                    wrongs.add(
                                            "table "
                                                    + table
                                                    + " differs between members: "
                                                    + byHost);
                                }
                            });
                    return open.isEmpty() ? Optional.of(true) : Optional.empty();
                });
        if (wrongs.isEmpty()) {
            context.journal()
                    .log(
                            ActionId.CLUSTER,
                            tables.size()
                                    + " tables have the same checksum on "
                                    + members.stream()
                                            .map(Host::name)
                                            .collect(Collectors.joining(", ")));
        }
        return wrongs;
    }

    /** By table, the checksum of each host. */
    private static Map<String, Map<String, String>> sums(
            RolloutContext context, List<Host> members, List<String> tables) {
        Map<String, Map<String, String>> sums = new TreeMap<>();
        if (tables.isEmpty()) {
            return sums;
        }
        for (int from = 0; from < tables.size(); from += AT_ONCE) {
            List<String> some = tables.subList(from, Math.min(tables.size(), from + AT_ONCE));
            String sql =
                    "SET SESSION wsrep_sync_wait = 1; CHECKSUM TABLE " + String.join(", ", some);
            context.fanOut()
                    .all(members, h -> ask(context, h, sql))
                    .forEach((host, out) -> out.lines().forEach(l -> add(sums, host, l)));
        }
        return sums;
    }

    private static void add(Map<String, Map<String, String>> sums, Host host, String line) {
        String[] fields = line.split("\t", 2);
        if (fields.length == 2) {
            sums.computeIfAbsent(quoted(fields[0]), t -> new TreeMap<>())
                    .put(host.name(), fields[1].strip());
        }
    }

    /** {@code CHECKSUM TABLE} answers with names that are not quoted. */
    private static String quoted(String table) {
        return "`" + table.replaceFirst("\\.", "`.`") + "`";
    }

    private static String ask(RolloutContext context, Host host, String sql) {
        ContainerEngine.ExecResult result = GaleraSql.asRoot(context, host, sql);
        if (!result.ok()) {
            throw RunbookFailure.person(
                    REFUSED,
                    host.name(),
                    "the server refused to compare its tables (exit " + result.exit() + ")",
                    result.err().strip());
        }
        return result.out();
    }
}
