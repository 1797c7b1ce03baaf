package kolla.runbooks.containers;

import java.time.Instant;
import java.util.Optional;

/**
 * A container as it is seen on a host.
 *
 * @param id the engine's id of it
 * @param spec what it was made from, read back from the engine (environment without what the image
 *     brings itself)
 * @param imageId the id of the image it runs, {@code sha256:…}
 * @param running whether its process lives now
 * @param restarting whether it has none now, and the engine is about to start it again by itself
 * @param exitCode of its last process, when it has ended
 */
public record ContainerState(
        String id,
        ContainerSpec spec,
        String imageId,
        boolean running,
        boolean restarting,
        Health health,
        Optional<Integer> exitCode,
        Optional<Instant> startedAt,
        int restarts) {

    /** What Docker's health check says. */
    public enum Health {
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    /** One that the engine is not about to start again. */
    public ContainerState(
            String id,
            ContainerSpec spec,
            String imageId,
            boolean running,
            Health health,
            Optional<Integer> exitCode,
            Optional<Instant> startedAt,
            int restarts) {
        this(id, spec, imageId, running, false, health, exitCode, startedAt, restarts);
    }

    public String name() {
        return spec.name();
    }
}
