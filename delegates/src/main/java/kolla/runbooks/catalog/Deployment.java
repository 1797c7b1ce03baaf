package kolla.runbooks.catalog;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.inventory.Cluster;

/**
 * Everything that a cluster should be: the enabled services of the catalogue rendered with the
 * cluster's definition. A pure function of the two.
 *
 * @param services in an order in which each comes after those it depends on
 * @param waves the names of the services by depth of dependency; those of one wave may go side by
 *     side
 * @param vip the internal virtual address
 * @param notes what the definition asks for and the catalogue does not serve, a sentence each
 */
public record Deployment(
        Cluster cluster,
        List<DesiredService> services,
        List<List<String>> waves,
        String vip,
        List<String> notes) {

    public Deployment {
        services = List.copyOf(services);
        waves = waves.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
    }

    public Optional<DesiredService> find(String name) {
        return services.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /**
     * @throws IllegalArgumentException when the service is unknown or not enabled
     */
    public DesiredService service(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "service: \""
                                                + name
                                                + "\" is not enabled; enabled are "
                                                + services.stream()
                                                        .map(DesiredService::name)
                                                        .toList()));
    }

    public Optional<DesiredService> ofKind(String kind) {
        return services.stream().filter(s -> s.kind().equals(kind)).findFirst();
    }
}
