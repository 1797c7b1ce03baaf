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
 * @param probe how the cloud is used during a run, and how much of it may fail
 */
@ConfigurationProperties("runbooks")
public record ProductSettings(
        @DefaultValue Map<String, Path> clusters,
        @DefaultValue("") String configTemplates,
        @DefaultValue("PT8H") Duration approvalExpiry,
        @DefaultValue GaleraWatchSettings galeraWatch,
        @DefaultValue ProbeSettings probe) {

    /**
     * @param enabled whether clusters are watched at all
     * @param after how long one is without a primary component before a run is opened
     */
    public record GaleraWatchSettings(
            @DefaultValue("true") boolean enabled, @DefaultValue("PT5M") Duration after) {}

    /**
     * @param kept requests a second of each kind over a kept connection
     * @param fresh requests a second over new connections
     * @param tokens logins a second
     * @param percent of the requests that may fail before a run asks
     * @param gap how long one kind may be without a success
     * @param vipGap the same while the virtual address moves
     * @param unobserved how long nobody may have probed
     */
    public record ProbeSettings(
            @DefaultValue("5") double kept,
            @DefaultValue("2") double fresh,
            @DefaultValue("1") double tokens,
            @DefaultValue("0.1") double percent,
            @DefaultValue("PT2S") Duration gap,
            @DefaultValue("PT4S") Duration vipGap,
            @DefaultValue("PT60S") Duration unobserved) {}

    public ProductSettings {
        clusters = Map.copyOf(clusters);
    }

    /** The folder with another catalogue, where one is set. */
    Optional<Path> catalogue() {
        return Optional.of(configTemplates).filter(set -> !set.isBlank()).map(Path::of);
    }
}
