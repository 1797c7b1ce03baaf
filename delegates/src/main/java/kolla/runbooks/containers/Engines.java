package kolla.runbooks.containers;

import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;

/** The Docker engines of the hosts. Thread-safe; clients are kept and closed with the program. */
public interface Engines extends AutoCloseable {

    ContainerEngine on(Cluster cluster, Host host);

    @Override
    void close();
}
