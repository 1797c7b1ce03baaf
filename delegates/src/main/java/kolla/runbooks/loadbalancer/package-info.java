/**
 * HAProxy and Keepalived: what is seen of balancers and virtual address, in which order they may
 * change, and draining the servers of others.
 */
package kolla.runbooks.loadbalancer;
