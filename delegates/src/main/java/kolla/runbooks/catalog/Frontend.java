package kolla.runbooks.catalog;

/**
 * Where the load balancer takes a service's connections on the VIP.
 *
 * @param name of HAProxy's backend, for example {@code keystone_internal}
 * @param drained whether a server is drained before its container is replaced
 */
public record Frontend(String name, int port, boolean drained) {}
