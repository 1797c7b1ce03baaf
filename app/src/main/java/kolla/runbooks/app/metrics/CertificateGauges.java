package kolla.runbooks.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployments;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.tls.ServerCertificate;
import kolla.runbooks.tls.Side;
import kolla.runbooks.tls.UnusablePem;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * {@code runbooks_certificate_ends_seconds{cluster,address}}: how long the certificate in a
 * cluster's definition is still valid, negative when it has ended. Looked up every ten minutes, in
 * the definition alone; a definition that cannot be read has no row.
 */
public class CertificateGauges {

    private final Clusters clusters;
    private final Deployments deployments;
    private final MultiGauge ends;
    private final Clock clock = Clock.systemUTC();

    public CertificateGauges(Clusters clusters, Deployments deployments, MeterRegistry meters) {
        this.clusters = clusters;
        this.deployments = deployments;
        this.ends =
                MultiGauge.builder("runbooks.certificate.ends")
                        .description("How long the certificate of a virtual address is valid")
                        .baseUnit("seconds")
                        .register(meters);
    }

    @Scheduled(fixedDelay = 600_000)
    public void look() {
        Instant now = clock.instant();
        List<Row<?>> rows = new ArrayList<>();
        for (String cluster : clusters.names()) {
            ends(cluster)
                    .forEach(
                            (side, at) ->
                                    rows.add(
                                            Row.of(
                                                    Tags.of(
                                                            "cluster",
                                                            cluster,
                                                            "address",
                                                            side.word()),
                                                    Duration.between(now, at).toSeconds())));
        }
        ends.register(rows, true);
    }

    /** The earliest end by address: hosts may have files of their own. */
    private Map<Side, Instant> ends(String cluster) {
        Map<Side, Instant> found = new HashMap<>();
        for (DesiredFile file : files(cluster)) {
            Optional<Side> side = file.certificate().flatMap(Side::of);
            Optional<Instant> end = side.flatMap(s -> end(file));
            if (end.isPresent()) {
                found.merge(side.get(), end.get(), CertificateGauges::earlier);
            }
        }
        return found;
    }

    private List<DesiredFile> files(String cluster) {
        try {
            return deployments.render(clusters.read(cluster)).services().stream()
                    .flatMap(s -> s.containers().values().stream())
                    .flatMap(List::stream)
                    .flatMap(c -> c.files().stream())
                    .toList();
        } catch (DefinitionException unreadable) {
            // a run says what is wrong with it
            return List.of();
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Optional<Instant> end(DesiredFile file) {
        try {
            return Optional.of(ServerCertificate.parse(file.content()).ends());
        } catch (UnusablePem unusable) {
            return Optional.empty();
        }
    }
}
