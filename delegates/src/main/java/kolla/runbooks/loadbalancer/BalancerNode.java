package kolla.runbooks.loadbalancer;

/** What is known of the load balancer on one host. */
public sealed interface BalancerNode {

    String host();

    /** The host could not be read: it may hold the virtual address. */
    record Unread(String host, String why) implements BalancerNode {}

    /**
     * @param haproxy whether HAProxy runs
     * @param keepalived whether Keepalived runs
     * @param holdsVip whether the virtual address is on an interface of the host
     * @param differs whether a container or file of the service is not as it should be
     */
    record Read(String host, boolean haproxy, boolean keepalived, boolean holdsVip, boolean differs)
            implements BalancerNode {

        /** Could hold the address and serve. */
        boolean able() {
            return haproxy && keepalived;
        }
    }
}
