package kolla.runbooks.rollout;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerState;

/**
 * Processes that a run was asked to replace by new ones, each with the moment at which it was
 * started as its host said when the run was planned.
 *
 * <p>A process that was started at another moment is a new one already, whoever restarted it. So a
 * step that runs again after a crash finds its work done, and no two clocks are compared.
 *
 * @param started by host, then by container
 */
public record Restarts(Map<String, Map<String, Instant>> started) {

    /** Nothing was asked for: containers are touched only where they differ. */
    public static final Restarts NONE = new Restarts(Map.of());

    public Restarts {
        Map<String, Map<String, Instant>> copy = new LinkedHashMap<>();
        started.forEach((host, containers) -> copy.put(host, Map.copyOf(containers)));
        started = Map.copyOf(copy);
    }

    /** Whether the process that was to be replaced still runs. */
    public boolean outstanding(String host, ContainerState state) {
        return state.running()
                && state.startedAt().isPresent()
                && state.startedAt()
                        .equals(
                                Optional.ofNullable(
                                        started.getOrDefault(host, Map.of()).get(state.name())));
    }

    /**
     * What has to happen to a container when this was asked for besides. What does more than a
     * restart stays as it is, and so does one that does not run: it is started anyway.
     */
    ContainerDelta with(String host, Optional<ContainerState> seen, ContainerDelta delta) {
        if (seen.filter(s -> outstanding(host, s)).isEmpty()) {
            return delta;
        }
        List<RestartReason> reasons = new ArrayList<>(delta.reasons());
        reasons.add(RestartReason.ASKED);
        return new ContainerDelta(
                delta.kind() == ContainerDelta.Kind.RECREATE
                        ? ContainerDelta.Kind.RECREATE
                        : ContainerDelta.Kind.RESTART,
                reasons);
    }
}
