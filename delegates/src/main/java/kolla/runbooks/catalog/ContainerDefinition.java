package kolla.runbooks.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container of a {@code service.yml}.
 *
 * @param image the image's name without registry and tag
 * @param command what the container runs; goes into {@code config.json}
 * @param volumes besides the configuration folder and the logs, which every container has
 * @param reload the argument vector that takes over changed files without a restart
 */
public record ContainerDefinition(
        Text name,
        Optional<Text> enabled,
        Text image,
        Text command,
        List<Text> volumes,
        Map<String, Text> environment,
        Optional<Text> privileged,
        List<Text> capabilities,
        List<Text> tmpfs,
        Optional<Text> pidMode,
        Optional<HealthDefinition> health,
        Optional<Text> restartPolicy,
        Optional<Text> stopTimeout,
        List<FileDefinition> files,
        List<PermissionDefinition> permissions,
        List<Text> reload) {

    /** A health check; what is left out is Kolla's default for all containers. */
    public record HealthDefinition(Text test, Optional<Text> startPeriod) {}

    /** Owner and mode that the image sets at each start. */
    public record PermissionDefinition(Text path, Text owner, Text perm, Optional<Text> recurse) {}
}
