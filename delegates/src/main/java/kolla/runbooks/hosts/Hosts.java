package kolla.runbooks.hosts;

import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;

/** Pooled, lazy connections to the hosts of clusters. Thread-safe. */
public interface Hosts extends AutoCloseable {

    /** The connection to a host; opened at first use, so this never fails. */
    HostConnection on(Cluster cluster, Host host);

    /** Closes what is kept open to this cluster's hosts; the next use opens anew. */
    void forget(Cluster cluster);

    @Override
    void close();
}
