/**
 * Moving a cluster from one version to another: the target beside the definition, which version may
 * follow which, the order of the hosts, and when a person is asked.
 */
package kolla.runbooks.upgrade;
