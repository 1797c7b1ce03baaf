package kolla.runbooks.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kolla.runbooks.steps.HostSightings;
import org.springframework.stereotype.Component;

/**
 * {@code runbooks_host_reachable}: 1 for a host that was reached when a step looked last, 0 for one
 * that was not. Hosts that nobody looked at since the program started are absent, not guessed.
 */
@Component
public class HostReachability implements HostSightings {

    private record Place(String cluster, String host) {}

    private final MeterRegistry meters;
    private final Map<Place, AtomicInteger> seen = new ConcurrentHashMap<>();

    public HostReachability(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void seen(String cluster, String host, boolean reachable) {
        seen.computeIfAbsent(new Place(cluster, host), this::gauge).set(reachable ? 1 : 0);
    }

    private AtomicInteger gauge(Place place) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder("runbooks.host.reachable", value, AtomicInteger::get)
                .description("Whether the host was reached when a step looked last")
                .tag("cluster", place.cluster())
                .tag("host", place.host())
                .register(meters);
        return value;
    }
}
