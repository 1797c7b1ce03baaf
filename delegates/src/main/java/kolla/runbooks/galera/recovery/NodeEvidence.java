package kolla.runbooks.galera.recovery;

import java.util.Optional;

/**
 * What was seen of the node on one host. What could not be read is unknown, and unknown is unsafe.
 */
public sealed interface NodeEvidence {

    String host();

    /** On the network of the cluster. */
    String address();

    /** The host, its engine or its disk could not be read: it may hold anything, and may run. */
    record Unread(String host, String address, String why) implements NodeEvidence {}

    /** How the server's container stands. */
    enum Server {
        NONE,
        STOPPED,
        RUNNING
    }

    /**
     * A node as it was read.
     *
     * @param restartPolicy of the container; empty when there is none
     * @param live empty when the server stands, or runs and does not answer
     * @param flagged whether the container would bootstrap a new cluster at its next start
     * @param flush {@code innodb_flush_log_at_trx_commit} of its configuration
     * @param clockAhead seconds that the host's clock is ahead of this program's
     */
    record Read(
            String host,
            String address,
            Server server,
            String restartPolicy,
            Optional<LiveNode> live,
            DataDirectory data,
            Recovered recovered,
            boolean flagged,
            int flush,
            long clockAhead)
            implements NodeEvidence {

        public boolean primary() {
            return live.map(l -> l.wsrep().primary()).orElse(false);
        }

        /** The same node with what its server says by now; what was read of its disk stays. */
        Read with(Server now, Optional<LiveNode> answer) {
            return new Read(
                    host,
                    address,
                    now,
                    restartPolicy,
                    answer,
                    data,
                    recovered,
                    flagged,
                    flush,
                    clockAhead);
        }

        boolean synced() {
            return live.map(l -> l.wsrep().synced()).orElse(false);
        }

        /** Runs without answering: it starts, receives a state transfer, or ends over and over. */
        boolean silent() {
            return server == Server.RUNNING && live.isEmpty();
        }

        /** By SQL when it answers, else what this look's recovery found. */
        Optional<Position> position() {
            if (live.isPresent()) {
                return live.map(LiveNode::position).map(p -> p.on(data.branch()));
            }
            return recovered instanceof Recovered.Found found
                    ? Optional.of(found.position().on(data.branch()))
                    : Optional.empty();
        }
    }
}
