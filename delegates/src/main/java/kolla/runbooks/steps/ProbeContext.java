package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.rollout.RolloutContext;

/**
 * The ways to a cluster for whoever probes it outside of any step: what the probe makes for itself
 * is none of the cluster's actions. Thread-safe.
 */
public final class ProbeContext {

    private final StepEnvironment environment;

    public ProbeContext(StepEnvironment environment) {
        this.environment = environment;
    }

    /**
     * @throws kolla.runbooks.inventory.DefinitionException when the cluster's definition cannot be
     *     read
     */
    public RolloutContext of(String cluster) {
        Deployment deployment = environment.deployment(cluster);
        return new RolloutContext(
                deployment,
                deployment.services().get(0),
                environment.hosts(),
                environment.engines(),
                environment.fanOut(),
                new NoJournal("probe"));
    }
}
