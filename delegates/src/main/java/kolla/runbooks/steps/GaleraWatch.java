package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.Outage;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Glances at the database of a cluster, outside of any run: by SQL on each host, touching nothing.
 * Thread-safe.
 */
public final class GaleraWatch {

    /** The runbook that mends what is seen here. */
    public static final String RUNBOOK = "galera-recovery";

    private final StepEnvironment environment;

    public GaleraWatch(StepEnvironment environment) {
        this.environment = environment;
    }

    /**
     * @return empty when the cluster defines no database
     */
    public Optional<Outage> look(String cluster) {
        Deployment deployment = environment.deployment(cluster);
        GaleraRecovery recovery = environment.recovery();
        return deployment
                .ofKind("galera")
                .map(
                        service ->
                                new RolloutContext(
                                        deployment,
                                        service,
                                        environment.hosts(),
                                        environment.engines(),
                                        environment.fanOut(),
                                        new NoJournal("galera-watch")))
                .map(recovery::glance)
                .map(Outage::of);
    }
}
