/** Clusters, hosts and groups as an operator of Kolla defines them. */
package kolla.runbooks.inventory;
