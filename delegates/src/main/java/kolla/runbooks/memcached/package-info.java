/** Memcached: one at a time with a pause, and fenced from everybody but the cluster. */
package kolla.runbooks.memcached;
