package kolla.runbooks.rollout;

import java.time.Duration;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.inventory.Host;

/**
 * Brings files and containers of a service on one host to what they should be. Every method
 * observes first and does only what is still needed; each change is an action of the journal.
 * Thread-safe.
 *
 * <p>Fails with {@code KR-ROLLOUT-001} when a job ends badly, {@code KR-ROLLOUT-002} when a
 * container ends instead of running, {@code KR-ROLLOUT-003} when it does not become healthy in
 * time.
 */
public interface HostConvergence {

    /** Whether any file or container of the service on this host differs from what it should be. */
    boolean needed(RolloutContext context, Host host);

    /** The same about one container; when its files alone differ, it differs too. */
    ContainerDelta delta(RolloutContext context, Host host, String container);

    /** Puts the files that differ, of every container of the service; no container is touched. */
    void putFiles(RolloutContext context, Host host);

    /**
     * Files and every container of the service in their order: only what differs, each waited for.
     */
    void apply(RolloutContext context, Host host);

    /** The same for one container of the service. */
    void apply(RolloutContext context, Host host, String container);

    /**
     * Ensures one container of the service as {@code altered} says, a variant of its spec (another
     * environment, another restart policy); its files are put first.
     */
    void apply(RolloutContext context, Host host, ContainerSpec altered);

    /** The same, with another limit for becoming healthy than the usual one. */
    void apply(RolloutContext context, Host host, ContainerSpec altered, Duration healthLimit);

    /** Stops a container gracefully; stopping what stands is no error. */
    void stop(RolloutContext context, Host host, String container);

    /**
     * Runs a job to its end on this host, with the files of its container put first; not again when
     * it ended well in this run and the volumes that it filled are still there.
     */
    void runBootstrap(RolloutContext context, Host host, BootstrapJob job);

    /** The same without that exception, for who has seen that what the job made is gone. */
    void runBootstrapAnew(RolloutContext context, Host host, BootstrapJob job);

    /**
     * Waits until a container runs and its own health check, run now rather than at Docker's
     * interval, succeeds.
     */
    void awaitHealthy(RolloutContext context, Host host, String container, Duration limit);
}
