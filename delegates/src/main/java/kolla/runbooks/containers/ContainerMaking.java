package kolla.runbooks.containers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.RestartPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a spec to the engine's request. {@link ContainerReading} is the way back. */
final class ContainerMaking {

    /** What a container without rotation writes fills the host's disk in the end. */
    private static final Map<String, String> LOG_ROTATION =
            Map.of("max-size", "50m", "max-file", "3");

    private ContainerMaking() {}

    static void fill(CreateContainerCmd request, ContainerSpec spec) {
        request.withName(spec.name())
                .withEnv(
                        spec.environment().entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .toList())
                .withLabels(GivenLabel.labelsFor(spec))
                .withStopTimeout(Math.toIntExact(spec.stopTimeout().toSeconds()))
                .withHostConfig(hostConfig(spec));
        spec.health().ifPresent(h -> request.withHealthcheck(healthCheck(h)));
    }

    private static HostConfig hostConfig(ContainerSpec spec) {
        HostConfig config =
                HostConfig.newHostConfig()
                        .withNetworkMode("host")
                        .withBinds(spec.volumes().stream().map(Bind::parse).toList())
                        .withPrivileged(spec.privileged())
                        .withCapAdd(
                                spec.capabilities().stream()
                                        .map(Capability::valueOf)
                                        .toArray(Capability[]::new))
                        .withTmpFs(tmpfs(spec.tmpfs()))
                        .withRestartPolicy(RestartPolicy.parse(spec.restartPolicy()))
                        .withLogConfig(new LogConfig(LoggingType.JSON_FILE, LOG_ROTATION));
        spec.pidMode().ifPresent(config::withPidMode);
        return config;
    }

    private static Map<String, String> tmpfs(List<String> mounts) {
        Map<String, String> byPath = new LinkedHashMap<>();
        for (String mount : mounts) {
            int colon = mount.indexOf(':');
            byPath.put(
                    colon < 0 ? mount : mount.substring(0, colon),
                    colon < 0 ? "" : mount.substring(colon + 1));
        }
        return byPath;
    }

    private static HealthCheck healthCheck(ContainerSpec.Health health) {
        return new HealthCheck()
                .withTest(health.command())
                .withInterval(health.interval().toNanos())
                .withTimeout(health.timeout().toNanos())
                .withRetries(health.retries())
                .withStartPeriod(health.startPeriod().toNanos());
    }
}
