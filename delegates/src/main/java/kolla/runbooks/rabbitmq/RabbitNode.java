package kolla.runbooks.rabbitmq;

import java.util.Optional;

/** What is known of the broker on one host. */
public sealed interface RabbitNode {

    String host();

    /** The host could not be read. */
    record Unread(String host, String why) implements RabbitNode {}

    /**
     * A broker as it was read.
     *
     * @param data whether its database is there
     * @param cookie digest of its Erlang cookie; empty when it has none
     * @param running whether its process lives
     * @param differs whether a container or file of the service is not as it should be
     * @param drainedByRun whether this run has drained it and not revived it
     * @param status what it says of the cluster; empty when it does not answer
     */
    record Read(
            String host,
            boolean data,
            Optional<String> cookie,
            boolean running,
            boolean differs,
            boolean drainedByRun,
            Optional<ClusterStatus> status)
            implements RabbitNode {

        String node() {
            return name(host);
        }

        /** Runs and counts itself among the running members. */
        boolean up() {
            return running && status.map(s -> s.running().contains(node())).orElse(false);
        }

        /** Nothing is to be done here, as far as can be seen without asking the broker. */
        boolean settled() {
            return running && data && !differs && !drainedByRun;
        }

        String describe() {
            return host
                    + ": "
                    + status.map(s -> "sees running " + s.running())
                            .orElse(running ? "runs, does not answer" : "does not run")
                    + (data ? "" : ", no data");
        }
    }

    /** The Erlang name of the broker on a host. */
    static String name(String host) {
        int dot = host.indexOf('.');
        return "rabbit@" + (dot < 0 ? host : host.substring(0, dot));
    }
}
