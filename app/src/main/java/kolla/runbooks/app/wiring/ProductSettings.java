package kolla.runbooks.app.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the program is told about the product.
 *
 * @param clusters by name, the folder with the definition of each cluster
 * @param configTemplates a folder with a catalogue instead of the one inside the program; empty for
 *     that one
 * @param approvalExpiry how long a plan waits for its approval
 * @param galeraWatch when a recovery of the database is opened without anybody asking
 */
@ConfigurationProperties("runbooks")
public record ProductSettings(
        @DefaultValue Map<String, Path> clusters,
        @DefaultValue("") String configTemplates,
        @DefaultValue("PT8H") Duration approvalExpiry,
        @DefaultValue GaleraWatchSettings galeraWatch) {

    /**
     * @param enabled whether clusters are watched at all
     * @param after how long one is without a primary component before a run is opened
     */
    public record GaleraWatchSettings(
            @DefaultValue("true") boolean enabled, @DefaultValue("PT5M") Duration after) {}

    public ProductSettings {
        clusters = Map.copyOf(clusters);
    }

    /** The folder with another catalogue, where one is set. */
    Optional<Path> catalogue() {
        return Optional.of(configTemplates).filter(set -> !set.isBlank()).map(Path::of);
    }
}
