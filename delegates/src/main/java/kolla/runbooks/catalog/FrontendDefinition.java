package kolla.runbooks.catalog;

import java.util.List;
import java.util.Optional;

/**
 * Where the load balancer takes connections for a service. What is left out is HAProxy's default of
 * the cluster.
 *
 * @param address the address it listens on; the internal VIP by default
 * @param serverPort the port of the servers; {@code port} by default
 * @param singleWriter whether the first host gets every connection and the others wait as backups
 * @param drained whether a server is drained before its container is replaced
 * @param options lines for HAProxy's backend
 */
public record FrontendDefinition(
        Text name,
        Optional<Text> enabled,
        Text mode,
        Optional<Text> address,
        Text port,
        Optional<Text> serverPort,
        Optional<Text> balance,
        Optional<Text> clientTimeout,
        Optional<Text> serverTimeout,
        Optional<Text> singleWriter,
        Optional<Text> drained,
        Optional<CheckDefinition> check,
        List<Text> frontendOptions,
        List<Text> options) {

    /**
     * How a server is found alive; without a path a TCP connection is enough.
     *
     * @param path asked with GET over HTTP
     * @param expect the status that is right
     * @param port other than the server's own
     * @param interval between checks, milliseconds
     * @param rise good checks in a row until the server is used
     * @param fall bad checks in a row until it is not
     * @param onDown what becomes of the sessions of a server that fell, in HAProxy's words
     */
    public record CheckDefinition(
            Optional<Text> path,
            Optional<Text> expect,
            Optional<Text> port,
            Optional<Text> interval,
            Optional<Text> rise,
            Optional<Text> fall,
            Optional<Text> onDown) {}
}
