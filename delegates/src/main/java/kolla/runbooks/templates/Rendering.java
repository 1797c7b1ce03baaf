package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.ServiceDefinition;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Overrides;
import kolla.runbooks.inventory.Variables;

/** One rendering of the catalogue for one cluster. */
final class Rendering {

    private static final Set<String> YES = Set.of("yes", "true", "on", "1");

    private final Cluster cluster;
    private final Catalog catalog;
    private final ClusterScopes scopes;
    private final Gaps gaps;
    private final FrontendRenderer frontends;

    Rendering(Cluster cluster, Catalog catalog, ClusterScopes scopes, Gaps gaps) {
        this.cluster = cluster;
        this.catalog = catalog;
        this.scopes = scopes;
        this.gaps = gaps;
        this.frontends = new FrontendRenderer(scopes);
    }

    Deployment deployment() {
        EnabledServices enabled = new EnabledServices(cluster, catalog, scopes.texts(gaps));
        Addresses addresses = new Addresses(scopes, cluster.folder(), gaps);
        addresses.check(enabled.hosts());
        Map<String, DesiredService> services = services(enabled);
        List<List<String>> waves = enabled.waves();
        return new Deployment(
                cluster,
                waves.stream().flatMap(List::stream).map(services::get).toList(),
                waves,
                addresses.vip(),
                notes());
    }

    private Map<String, DesiredService> services(EnabledServices enabled) {
        FileRenderer files =
                new FileRenderer(
                        catalog, new OverrideFiles(new Overrides(cluster.overrides()), gaps));
        ServiceRenderer renderer =
                new ServiceRenderer(
                        new ContainerRenderer(files),
                        frontends,
                        cluster.passwords(),
                        new Settings(catalog, scopes).common(enabled.hosts()));
        List<Map<String, Object>> data = frontends(enabled);
        Map<String, List<String>> after = enabled.after();
        Map<String, DesiredService> services = new LinkedHashMap<>();
        for (ServiceDefinition service : enabled.list()) {
            Map<Host, Texts> hosts = new LinkedHashMap<>();
            for (Host host : enabled.hosts(service)) {
                gaps.seen(host.name());
                hosts.put(host, scopes.texts(host, gaps).with("frontends", data));
            }
            services.put(
                    service.name(), renderer.render(service, after.get(service.name()), hosts));
        }
        return services;
    }

    private List<Map<String, Object>> frontends(EnabledServices enabled) {
        List<Map<String, Object>> data = new ArrayList<>();
        for (ServiceDefinition service : enabled.list()) {
            data.addAll(frontends.data(service, enabled.hosts(service), scopes.texts(gaps)));
        }
        return data;
    }

    /** Services that the operator asked for by name and that nothing here serves. */
    private List<String> notes() {
        Variables globals = cluster.globals();
        return globals.values().keySet().stream()
                .filter(n -> n.startsWith("enable_") && !catalog.defaults().containsKey(n))
                .filter(
                        n ->
                                YES.contains(
                                        String.valueOf(globals.values().get(n))
                                                .toLowerCase(Locale.ROOT)))
                .map(
                        n ->
                                n
                                        + " is yes in the globals, but nothing in the catalogue"
                                        + " serves it; it changes nothing")
                .sorted()
                .toList();
    }
}
