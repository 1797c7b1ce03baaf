package kolla.runbooks.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;

/**
 * Which services are to be restarted on which hosts.
 *
 * @param services in the order of their dependencies
 * @param hosts in the order of the inventory
 */
public record RestartOrder(List<DesiredService> services, List<Host> hosts) {

    /** Stands for every service. */
    public static final String ALL = "all";

    public RestartOrder {
        services = List.copyOf(services);
        hosts = List.copyOf(hosts);
    }

    /**
     * What a person asked for, compared with what is deployed.
     *
     * @param services names, comma separated, or {@link #ALL}
     * @param hosts names, comma separated; empty: every host of these services
     * @throws RunbookFailure {@code KR-RESTART-001} with everything that is not right
     */
    public static RestartOrder of(Deployment deployment, String services, String hosts) {
        List<String> wrong = new ArrayList<>();
        List<String> known = deployment.services().stream().map(DesiredService::name).toList();
        List<String> asked = names(services);
        asked.stream()
                .filter(s -> !s.equals(ALL) && !known.contains(s))
                .forEach(
                        s ->
                                wrong.add(
                                        "services: \""
                                                + s
                                                + "\" is no service here; there are "
                                                + String.join(", ", known)));
        List<DesiredService> chosen =
                deployment.services().stream()
                        .filter(s -> asked.contains(ALL) || asked.contains(s.name()))
                        .toList();
        List<Host> serving =
                deployment.cluster().inventory().hosts().stream()
                        .filter(h -> chosen.stream().anyMatch(s -> s.hosts().contains(h)))
                        .toList();
        List<String> only = names(hosts);
        only.stream()
                .filter(h -> serving.stream().noneMatch(s -> s.name().equals(h)))
                .forEach(
                        h ->
                                wrong.add(
                                        "hosts: \""
                                                + h
                                                + "\" runs none of these services; there"
                                                + " are "
                                                + String.join(
                                                        ", ",
                                                        serving.stream()
                                                                .map(Host::name)
                                                                .toList())));
        if (asked.isEmpty()) {
            wrong.add("services: nothing is named; there are " + String.join(", ", known));
        }
        if (!wrong.isEmpty()) {
            throw RunbookFailure.person("KR-RESTART-001", wrong.get(0), wrong);
        }
        return new RestartOrder(
                chosen,
                serving.stream().filter(h -> only.isEmpty() || only.contains(h.name())).toList());
    }

    private static List<String> names(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
    }
}
