package kolla.runbooks.containers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From what the engine tells about a container back to spec and state. Pure. */
final class ContainerReading {

    private static final Duration DOCKERS_STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private static final Bind[] NO_BINDS = {};
    private static final Capability[] NO_CAPABILITIES = {};

    private ContainerReading() {}

    /**
     * @param image the configuration of the container's image; needed only for containers that were
     *     not made here, empty also when the image is gone
     */
    static ContainerState state(
            InspectContainerResponse container, Optional<ContainerConfig> image) {
        InspectContainerResponse.ContainerState state = container.getState();
        // Docker calls a container that waits for its next restart running as well
        boolean restarting = Boolean.TRUE.equals(state.getRestarting());
        boolean running = Boolean.TRUE.equals(state.getRunning()) && !restarting;
        Optional<Instant> finished = instant(state.getFinishedAt());
        return new ContainerState(
                container.getId(),
                spec(container, image),
                container.getImageId(),
                running,
                restarting,
                health(state),
                running || finished.isEmpty()
                        ? Optional.empty()
                        : Optional.ofNullable(state.getExitCodeLong()).map(Math::toIntExact),
                instant(state.getStartedAt()),
                Optional.ofNullable(container.getRestartCount()).orElse(0));
    }

    static ContainerSpec spec(InspectContainerResponse container, Optional<ContainerConfig> image) {
        ContainerConfig config = container.getConfig();
        HostConfig hostConfig = container.getHostConfig();
        Optional<GivenLabel> given = GivenLabel.readFrom(container);
        return new ContainerSpec(
                container.getName().replaceFirst("^/", ""),
                config.getImage(),
                Stream.of(Optional.ofNullable(hostConfig.getBinds()).orElse(NO_BINDS))
                        .map(Object::toString)
                        .toList(),
                own(
                        environment(config),
                        given.map(GivenLabel::environment),
                        image.map(ContainerReading::environment)),
                own(
                        labels(config),
                        given.map(GivenLabel::labels),
                        image.map(ContainerReading::labels)),
                Boolean.TRUE.equals(hostConfig.getPrivileged()),
                Stream.of(Optional.ofNullable(hostConfig.getCapAdd()).orElse(NO_CAPABILITIES))
                        .map(Enum::name)
                        .toList(),
                tmpfs(hostConfig),
                Optional.ofNullable(hostConfig.getPidMode()).filter(m -> !m.isEmpty()),
                restartPolicy(hostConfig.getRestartPolicy()),
                healthCheck(config, given, image),
                stopTimeout(container));
    }

    /** What a container has of its own: the given names, or whatever differs from the image. */
    private static SortedMap<String, String> own(
            Map<String, String> all,
            Optional<Set<String>> given,
            Optional<Map<String, String>> image) {
        SortedMap<String, String> own = new TreeMap<>(all);
        own.keySet().removeIf(GivenLabel::isTechnical);
        if (given.isPresent()) {
            own.keySet().retainAll(given.get());
        } else {
            image.ifPresent(i -> own.entrySet().removeAll(i.entrySet()));
        }
        return own;
    }

    private static Map<String, String> environment(ContainerConfig config) {
        String[] variables = Optional.ofNullable(config.getEnv()).orElse(new String[0]);
        return Arrays.stream(variables)
                .map(v -> v.split("=", 2))
                .collect(
                        Collectors.toMap(
                                p -> p[0],
                                p -> p.length > 1 ? p[1] : "",
                                (first, second) -> second,
                                LinkedHashMap::new));
    }

    private static Map<String, String> labels(ContainerConfig config) {
        return Optional.ofNullable(config.getLabels()).orElse(Map.of());
    }

    private static List<String> tmpfs(HostConfig config) {
        Map<String, String> byPath = Optional.ofNullable(config.getTmpFs()).orElse(Map.of());
        return byPath.entrySet().stream()
                .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + ":" + e.getValue())
                .toList();
    }

    private static String restartPolicy(RestartPolicy policy) {
        if (policy == null || policy.getName() == null || policy.getName().isEmpty()) {
            return "no";
        }
        Integer most = policy.getMaximumRetryCount();
        return most == null || most == 0 ? policy.getName() : policy.getName() + ":" + most;
    }

    private static Optional<ContainerSpec.Health> healthCheck(
            ContainerConfig config, Optional<GivenLabel> given, Optional<ContainerConfig> image) {
        Optional<ContainerSpec.Health> seen = health(config);
        boolean own =
                given.map(GivenLabel::health)
                        .orElseGet(() -> !seen.equals(image.flatMap(ContainerReading::health)));
        return own ? seen : Optional.empty();
    }

    private static Optional<ContainerSpec.Health> health(ContainerConfig config) {
        HealthCheck check = config.getHealthcheck();
        if (check == null || check.getTest() == null || check.getTest().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ContainerSpec.Health(
                        check.getTest(),
                        duration(check, HealthCheck::getInterval),
                        duration(check, HealthCheck::getTimeout),
                        Optional.ofNullable(check.getRetries()).orElse(0),
                        duration(check, HealthCheck::getStartPeriod)));
    }

    private static Duration duration(HealthCheck check, Function<HealthCheck, Long> nanos) {
        return Duration.ofNanos(Optional.ofNullable(nanos.apply(check)).orElse(0L));
    }

    /** docker-java has no field for it, but keeps the engine's whole answer. */
    private static Duration stopTimeout(InspectContainerResponse container) {
        return container.getRawValues().get("Config") instanceof Map<?, ?> config
                        && config.get("StopTimeout") instanceof Number seconds
                ? Duration.ofSeconds(seconds.longValue())
                : DOCKERS_STOP_TIMEOUT;
    }

    private static ContainerState.Health health(InspectContainerResponse.ContainerState state) {
        String status = state.getHealth() == null ? "" : state.getHealth().getStatus();
        return switch (status) {
            case "starting" -> ContainerState.Health.STARTING;
            case "healthy" -> ContainerState.Health.HEALTHY;
            case "unhealthy" -> ContainerState.Health.UNHEALTHY;
            default -> ContainerState.Health.NONE;
        };
    }

    private static Optional<Instant> instant(String text) {
        return Optional.ofNullable(text)
                .filter(t -> !t.isEmpty())
                .map(Instant::parse)
                .filter(i -> i.isAfter(NEVER));
    }
}
