/** Hosts that come and go: what a change needs, what it does, what is left of a host afterwards. */
package kolla.runbooks.membership;
