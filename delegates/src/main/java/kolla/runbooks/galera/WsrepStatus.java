package kolla.runbooks.galera;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What Galera says of itself on one node, read by SQL on that node and never through the VIP.
 *
 * @param clusterStatus {@code Primary}, {@code non-Primary} or {@code Disconnected}
 * @param localState {@code Synced}, {@code Donor/Desynced}, {@code Joiner}, {@code Joined}, …
 * @param clusterSize members of the component that this node is in
 * @param uuid of the cluster's history
 * @param view number of the component; all members of one component show the same
 */
public record WsrepStatus(
        String clusterStatus,
        String localState,
        int clusterSize,
        String uuid,
        long view,
        boolean ready,
        boolean connected) {

    public static final String ZERO_UUID = "00000000-0000-0000-0000-000000000000";

    public static final String QUERY =
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_cluster_status',"
                    + " 'wsrep_local_state_comment', 'wsrep_cluster_size',"
                    + " 'wsrep_cluster_state_uuid', 'wsrep_cluster_conf_id', 'wsrep_ready',"
                    + " 'wsrep_connected')";

    public boolean primary() {
        return clusterStatus.equals("Primary");
    }

    /** A full member: it takes part in the primary component and has all of its data. */
    public boolean synced() {
        return primary() && localState.equals("Synced") && ready && connected;
    }

    /**
     * Reads name and value per line, tab between, as {@code mariadb -NB} prints them; empty when
     * that is no status of Galera (a server without the provider prints nothing).
     */
    public static Optional<WsrepStatus> parse(String table) {
        Map<String, String> values =
                Arrays.stream(table.split("\n"))
                        .map(l -> l.split("\t", 2))
                        .filter(f -> f.length == 2)
                        .collect(Collectors.toMap(f -> f[0], f -> f[1].strip(), (a, b) -> b));
        if (!values.containsKey("wsrep_cluster_status")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new WsrepStatus(
                            values.get("wsrep_cluster_status"),
                            values.getOrDefault("wsrep_local_state_comment", ""),
                            Integer.parseInt(values.getOrDefault("wsrep_cluster_size", "0")),
                            values.getOrDefault("wsrep_cluster_state_uuid", ""),
                            // 2^64-1 stands for "in no component"
                            Long.parseUnsignedLong(
                                    values.getOrDefault("wsrep_cluster_conf_id", "0")),
                            values.getOrDefault("wsrep_ready", "").equals("ON"),
                            values.getOrDefault("wsrep_connected", "").equals("ON")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
