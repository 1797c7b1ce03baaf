package kolla.runbooks.loadbalancer;

/** What may be done to the load balancer of one host now. */
public sealed interface BalancerDecision {

    record Nothing() implements BalancerDecision {}

    /**
     * Bring it to what it should be.
     *
     * @param handOver whether it holds the virtual address, and another host has to take it first
     */
    record Change(boolean handOver) implements BalancerDecision {}

    record Wait(String code, String why) implements BalancerDecision {}

    record Refuse(String code, String sentence) implements BalancerDecision {}
}
