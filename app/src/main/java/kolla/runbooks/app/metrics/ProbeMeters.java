package kolla.runbooks.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import kolla.runbooks.probe.ProbeListener;
import org.springframework.stereotype.Component;

/**
 * {@code runbooks_probe_seconds{cluster,kind,outcome}}: requests of probes that this program did.
 */
@Component
public class ProbeMeters {

    private final MeterRegistry meters;

    public ProbeMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    public ProbeListener of(String cluster) {
        return (kind, succeeded, took) ->
                Timer.builder("runbooks.probe")
                        .description("Requests of the probe, by how they ended")
                        .tag("cluster", cluster)
                        .tag("kind", kind)
                        .tag("outcome", succeeded ? "success" : "failure")
                        .register(meters)
                        .record(took);
    }
}
