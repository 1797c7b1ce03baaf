/** The Kolla container contract over the Docker engine of each host. */
package kolla.runbooks.containers;
