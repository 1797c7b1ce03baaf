package kolla.runbooks.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of {@code config-templates}: what can be deployed. Immutable.
 *
 * @param services in the order of their names
 * @param defaults the variables that all services share and those of each service
 * @param releases by release, what differs there
 * @param templates by path below {@code config-templates}
 */
public record Catalog(
        List<ServiceDefinition> services,
        List<Refusal> refusals,
        Map<String, Default> defaults,
        Map<String, Map<String, Default>> releases,
        Map<String, Template> templates) {

    public Catalog {
        services = List.copyOf(services);
        refusals = List.copyOf(refusals);
        defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
        releases = Collections.unmodifiableMap(new LinkedHashMap<>(releases));
        templates = Map.copyOf(templates);
    }

    /** A template's text and where it was read. */
    public record Template(String text, java.nio.file.Path file) {}

    /** Whether a variable of this name has a default here, in general or for some release. */
    public boolean brings(String variable) {
        return defaults.containsKey(variable)
                || releases.values().stream().anyMatch(r -> r.containsKey(variable));
    }

    public Optional<ServiceDefinition> service(String name) {
        return services.stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
