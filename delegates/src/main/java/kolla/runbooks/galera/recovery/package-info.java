/**
 * Brings a Galera cluster back that has no primary component, or members outside of it. {@link
 * kolla.runbooks.galera.recovery.RecoveryDecisions} is the algorithm.
 */
package kolla.runbooks.galera.recovery;
