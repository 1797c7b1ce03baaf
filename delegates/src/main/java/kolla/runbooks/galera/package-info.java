/**
 * MariaDB Galera: what is seen of the nodes, what may be done next, and doing it. {@link
 * kolla.runbooks.galera.GaleraDecisions} is the algorithm.
 */
package kolla.runbooks.galera;
