package kolla.runbooks.rollout;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.containers.Engines;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.hosts.HostConnection;
import kolla.runbooks.hosts.Hosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.Journal;

/**
 * What travels with every call of a rollout: what should be, the ways to the hosts, the journal.
 */
public record RolloutContext(
        Deployment deployment,
        DesiredService service,
        Hosts hosts,
        Engines engines,
        FanOut fanOut,
        Journal journal) {

    public Cluster cluster() {
        return deployment.cluster();
    }

    public HostConnection connection(Host host) {
        return hosts.on(cluster(), host);
    }

    public ContainerEngine engine(Host host) {
        return engines.on(cluster(), host);
    }

    /** The same, about another service of the deployment. */
    public RolloutContext about(DesiredService other) {
        return new RolloutContext(deployment, other, hosts, engines, fanOut, journal);
    }
}
