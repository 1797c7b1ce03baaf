package kolla.runbooks.galera.recovery;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kolla.runbooks.galera.WsrepStatus;

/**
 * What a server says of itself by SQL on its own host.
 *
 * @param committed number of the last transaction that it has applied
 * @param version of the server, for example {@code 10.11.19-MariaDB-0+deb12u1}
 * @param allowed addresses of {@code mysql.wsrep_allowlist}; empty means that everybody may join
 */
public record LiveNode(WsrepStatus wsrep, long committed, String version, List<String> allowed) {

    /**
     * All of it at once. A server outside of a primary component refuses to read tables unless
     * dirty reads are asked for; {@code SHOW} it always answers. The last statement may fail:
     * before MariaDB 10.10 there is no such table, and then nobody is kept out by it.
     */
    static final String QUERY =
            "SET SESSION wsrep_dirty_reads = ON; "
                    + WsrepStatus.QUERY
                    + "; SHOW GLOBAL STATUS LIKE 'wsrep_last_committed';"
                    + " SHOW GLOBAL VARIABLES LIKE 'version';"
                    + " SELECT 'kr_allowed', IFNULL(GROUP_CONCAT(ip), '') FROM"
                    + " mysql.wsrep_allowlist;";

    public LiveNode {
        allowed = List.copyOf(allowed);
    }

    public Position position() {
        return new Position(wsrep.uuid(), committed);
    }

    /**
     * Whether {@code pc.bootstrap} can make this node a primary component while it runs. From 11.2
     * on the server takes the provider's options at start only (MDEV-32800).
     */
    boolean promotable() {
        String[] parts = version.split("[.-]", 3);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = Integer.parseInt(parts[1]);
            return major < 11 || (major == 11 && minor < 2);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    /**
     * Empty when the table is not what {@link #QUERY} gives. A server that answered the first
     * questions is there, whatever became of the last one.
     */
    static Optional<LiveNode> parse(String table) {
        Map<String, String> values =
                Arrays.stream(table.split("\n"))
                        .map(l -> l.split("\t", 2))
                        .filter(f -> f.length == 2)
                        .collect(Collectors.toMap(f -> f[0], f -> f[1].strip(), (a, b) -> b));
        String committed = values.getOrDefault("wsrep_last_committed", "");
        if (!committed.matches("\\d{1,18}") || !values.containsKey("version")) {
            return Optional.empty();
        }
        List<String> allowed =
                Arrays.stream(values.getOrDefault("kr_allowed", "").split(","))
                        .filter(a -> !a.isBlank())
                        .toList();
        return WsrepStatus.parse(table)
                .map(
                        w ->
                                new LiveNode(
                                        w,
                                        Long.parseLong(committed),
                                        values.get("version"),
                                        allowed));
    }
}
