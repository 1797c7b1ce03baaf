package kolla.runbooks.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code service.yml} as it is written; nothing in it is evaluated yet.
 *
 * @param group the inventory's group whose hosts run the service
 * @param enabled a condition
 * @param defaults variables below globals; visible to every template of the catalogue
 * @param fence ports that only the cluster's own hosts may reach
 * @param upgrade how it gets from one version to another
 * @param file where it was read, for messages
 */
public record ServiceDefinition(
        String name,
        String title,
        String kind,
        String group,
        Text enabled,
        List<Text> after,
        Map<String, Default> defaults,
        List<Refusal> refusals,
        List<ContainerDefinition> containers,
        List<FrontendDefinition> frontends,
        List<JobDefinition> bootstrap,
        Optional<DatabaseDefinition> database,
        Optional<BrokerDefinition> broker,
        Optional<EndpointDefinition> endpoint,
        List<Text> ports,
        List<Text> fence,
        UpgradeDefinition upgrade,
        Path file) {

    /** A job that runs once to its end. */
    public record JobDefinition(
            String name,
            Text container,
            Map<String, Text> environment,
            boolean perHost,
            Text timeout) {}

    /** A schema and its account. */
    public record DatabaseDefinition(Text schema, Text user, Text password) {}

    /** An account of the message broker. */
    public record BrokerDefinition(Text user, Text password, Text vhost, Text administrator) {}

    /** An entry of Keystone's catalogue; user and password are empty for Keystone itself. */
    public record EndpointDefinition(
            Text name,
            Text type,
            Text description,
            Text internalUrl,
            Text publicUrl,
            Text adminUrl,
            Optional<Text> user,
            Optional<Text> password) {}

    /** See {@link Upgrade}. */
    public record UpgradeDefinition(
            List<VersionDefinition> versions,
            List<JobDefinition> expand,
            List<JobDefinition> afterHost,
            List<JobDefinition> contract,
            Optional<Text> oneWay) {

        public static final UpgradeDefinition NONE =
                new UpgradeDefinition(List.of(), List.of(), List.of(), List.of(), Optional.empty());
    }

    /** See {@link VersionRule}. */
    public record VersionDefinition(
            Text container, List<Text> command, Text pattern, List<PathDefinition> paths) {}

    /** See {@link VersionRule.VersionPath}. */
    public record PathDefinition(Text from, List<Text> to, Optional<Text> note) {}
}
