package kolla.runbooks.catalog;

import java.util.Optional;

/**
 * Where the load balancer takes a service's connections on the VIP.
 *
 * @param name of HAProxy's backend, for example {@code keystone_internal}
 * @param address the address it listens on
 * @param drained whether a server is drained before its container is replaced
 * @param health how a client sees over HTTP that the service answers; empty where it speaks
 *     something else or has no such path
 * @param tls the name that clients call it by over TLS; empty where it speaks plainly
 */
public record Frontend(
        String name,
        String address,
        int port,
        boolean drained,
        Optional<Health> health,
        Optional<String> tls) {

    /**
     * @param path asked with GET
     * @param status the answer that is right
     */
    public record Health(String path, int status) {}
}
