package kolla.runbooks.galera.backup;

import java.util.Optional;
import kolla.runbooks.galera.WsrepStatus;

/** What is known of one host of the database, for a backup. */
public sealed interface BackupNode {

    String host();

    /** It could not be read, or its server does not answer. */
    record Unread(String host, String why) implements BackupNode {}

    /**
     * @param desynced whether {@code wsrep_desync} is ON
     * @param queue write sets that wait to be applied
     * @param lineage names its data directory, when a backup was ever taken of it
     * @param sst the method by which a data directory comes from another node
     * @param dataBytes of what a copy would hold
     * @param image that its container runs
     */
    record Read(
            String host,
            WsrepStatus wsrep,
            boolean desynced,
            long queue,
            Optional<String> lineage,
            String sst,
            long dataBytes,
            String image)
            implements BackupNode {

        String describe() {
            return host
                    + ": "
                    + wsrep.clusterStatus()
                    + ", "
                    + wsrep.localState()
                    + ", sees "
                    + wsrep.clusterSize()
                    + " member(s)"
                    + (desynced ? ", wsrep_desync is ON" : "");
        }
    }
}
