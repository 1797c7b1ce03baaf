package kolla.runbooks.steps;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.Deployments;
import kolla.runbooks.containers.Engines;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.hosts.FanOut;
import kolla.runbooks.hosts.Hosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.inventory.HostChange;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Runs;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.membership.DepartedGuard;
import kolla.runbooks.probe.Watching;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.Rollouts;

/**
 * Everything that steps work with. Made once when the program starts; thread-safe as its parts are.
 *
 * @param approvalExpiry how long a plan waits for its approval
 * @param sightings told which hosts were reachable
 */
public record StepEnvironment(
        Clusters clusters,
        Deployments deployments,
        Hosts hosts,
        Engines engines,
        FanOut fanOut,
        Runs runs,
        Leases leases,
        Journals journals,
        Plans plans,
        Rollouts rollouts,
        GaleraRecovery recovery,
        Watching watching,
        HostMaintenance maintenance,
        DepartedGuard departed,
        Duration approvalExpiry,
        Patience patience,
        HostSightings sightings) {

    InstantSource clock() {
        return patience.clock();
    }

    /** The cluster as it is defined now, rendered. */
    Deployment deployment(String cluster) {
        return deployment(cluster, Map.of());
    }

    /**
     * The same with something else over it.
     *
     * @param extra variables over its globals
     */
    Deployment deployment(String cluster, Map<String, String> extra) {
        return deployments.render(clusters.read(cluster, extra));
    }

    /**
     * The same with a change of who is a member over it.
     *
     * @param change of the inventory; what is rolled out is what the edit proposes
     */
    Deployment deployment(String cluster, Map<String, String> extra, HostChange change) {
        return deployments.render(clusters.read(cluster, extra, change));
    }

    Cluster cluster(String name) {
        return clusters.read(name);
    }
}
