package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.Outage;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.journal.Journal;
import kolla.runbooks.journal.Lease;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Glances at the database of a cluster, outside of any run: by SQL on each host, touching nothing,
 * with one exception. A server that a recovery left behind and that runs all the same may take
 * writes; while a run holds the cluster's lease, nobody else would stop it for as long as that run
 * waits. Then it is stopped here, under that lease and in that run's journal. Thread-safe.
 */
public final class GaleraWatch {

    /** The runbook that mends what is seen here. */
    public static final String RUNBOOK = "galera-recovery";

    private static final String NAME = "galera-watch";

    private final StepEnvironment environment;

    public GaleraWatch(StepEnvironment environment) {
        this.environment = environment;
    }

    /**
     * @return empty when the cluster defines no database
     */
    public Optional<Outage> look(String cluster) {
        Deployment deployment = environment.deployment(cluster);
        return deployment.ofKind("galera").map(service -> look(deployment, service));
    }

    private Outage look(Deployment deployment, DesiredService service) {
        GaleraRecovery recovery = environment.recovery();
        Outage seen = Outage.of(recovery.glance(context(deployment, service, new NoJournal(NAME))));
        if (seen == Outage.LEFT_BEHIND) {
            Cluster cluster = deployment.cluster();
            environment
                    .leases()
                    .holder(cluster.name())
                    .map(l -> open(cluster, l))
                    .ifPresent(j -> recovery.stopLeftBehind(context(deployment, service, j)));
        }
        return seen;
    }

    private Journal open(Cluster cluster, Lease lease) {
        return environment.journals().open(lease.run(), NAME, cluster.passwords().secrets());
    }

    private RolloutContext context(Deployment deployment, DesiredService service, Journal journal) {
        return new RolloutContext(
                deployment,
                service,
                environment.hosts(),
                environment.engines(),
                environment.fanOut(),
                journal);
    }
}
