package kolla.runbooks.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which services are rolled out: each comes in the first wave after all that it
 * depends on, so the services of one wave may go side by side.
 */
public final class Waves {

    /** Services that wait for each other in a circle. */
    public static final class Cycle extends RuntimeException {
        private final transient Set<String> services;

        Cycle(Set<String> services) {
            super(
                    "after: no order, because some of these wait for each other: "
                            + String.join(", ", services));
            this.services = Set.copyOf(services);
        }

        /** Those in a circle and those that wait for them. */
        Set<String> services() {
            return services;
        }
    }

    private Waves() {}

    /**
     * @param after by service, those it depends on; others than the map's own keys count as there
     * @throws Cycle when there is no order
     */
    public static List<List<String>> of(Map<String, List<String>> after) {
        Map<String, List<String>> waiting = new LinkedHashMap<>(after);
        List<List<String>> waves = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<String> wave =
                    waiting.keySet().stream()
                            .filter(s -> waiting.get(s).stream().noneMatch(waiting::containsKey))
                            .sorted()
                            .toList();
            if (wave.isEmpty()) {
                throw new Cycle(new LinkedHashSet<>(waiting.keySet()));
            }
            waves.add(wave);
            wave.forEach(waiting::remove);
        }
        return waves;
    }
}
