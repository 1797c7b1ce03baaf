package kolla.runbooks.galera;

import java.util.Optional;

/** What is known of the node on one host. */
public sealed interface GaleraNode {

    String host();

    /** The host or its database could not be read: it may hold anything. */
    record Unread(String host, String why) implements GaleraNode {}

    /**
     * A node as it was read.
     *
     * @param data whether there is anything in its data directory
     * @param savedUuid of {@code grastate.dat}; empty when there is none or it is all zeros
     * @param mark of a bootstrap that has not ended
     * @param jobLeft whether the container of the bootstrap job is still there
     * @param running whether the process of the server lives
     * @param flagged whether the container would bootstrap a new cluster at its next start
     * @param differs whether the database's own container or files are not as they should be
     * @param sidecars whether another container of the service is not as it should be
     * @param wsrep what Galera says; empty when the server does not answer (it stands, starts, or
     *     receives a state transfer)
     * @param dataBytes size of the data directory
     */
    record Read(
            String host,
            boolean data,
            Optional<String> savedUuid,
            Optional<BootstrapMark> mark,
            boolean jobLeft,
            boolean running,
            boolean flagged,
            boolean differs,
            boolean sidecars,
            Optional<WsrepStatus> wsrep,
            long dataBytes)
            implements GaleraNode {

        boolean primary() {
            return running && wsrep.map(WsrepStatus::primary).orElse(false);
        }

        boolean synced() {
            return running && wsrep.map(WsrepStatus::synced).orElse(false);
        }

        /** Whether the database itself must be touched to be as it should be. */
        boolean outstanding() {
            return differs || flagged || mark.isPresent();
        }

        /** One line for people. */
        String describe() {
            String state =
                    wsrep.map(
                                    w ->
                                            w.clusterStatus()
                                                    + ", "
                                                    + w.localState()
                                                    + ", sees "
                                                    + w.clusterSize()
                                                    + " member(s)")
                            .orElse(running ? "runs, does not answer" : "does not run");
            return host
                    + ": "
                    + state
                    + (data ? ", has data" : ", no data")
                    + savedUuid.map(u -> ", uuid " + u).orElse("")
                    + mark.map(m -> ", marked " + m.text().strip()).orElse("");
        }
    }
}
