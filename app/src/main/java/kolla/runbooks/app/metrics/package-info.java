/** What Prometheus may know: runs by state, step durations, hosts, leases. */
package kolla.runbooks.app.metrics;
