/** Compares what is with what should be, and the ways to bring a service there. */
package kolla.runbooks.rollout;
