package kolla.runbooks.rollout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kolla.runbooks.catalog.DesiredService;

/** The ways to roll out, by the kind of the service. */
public final class Rollouts {

    private final Map<String, ServiceRollout> byKind;

    public Rollouts(List<ServiceRollout> rollouts) {
        byKind =
                rollouts.stream()
                        .collect(
                                Collectors.toMap(
                                        ServiceRollout::kind,
                                        Function.identity(),
                                        (a, b) -> {
                                            throw new IllegalArgumentException(
                                                    "two rollouts for kind " + a.kind());
                                        },
                                        TreeMap::new));
    }

    /**
     * @throws IllegalArgumentException when no rollout is for the service's kind; lists the kinds
     */
    public ServiceRollout of(DesiredService service) {
        ServiceRollout rollout = byKind.get(service.kind());
        if (rollout == null) {
            throw new IllegalArgumentException(
                    "kind: \""
                            + service.kind()
                            + "\" of service "
                            + service.name()
                            + " is unknown; known are "
                            + byKind.keySet());
        }
        return rollout;
    }
}
