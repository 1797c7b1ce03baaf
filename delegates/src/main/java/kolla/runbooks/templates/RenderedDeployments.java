package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.Deployments;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Refusal;
import kolla.runbooks.catalog.ServiceDefinition;
import kolla.runbooks.catalog.Text;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.ExpressionException;
import kolla.runbooks.inventory.Expressions;
import kolla.runbooks.inventory.Gap;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Overrides;

/**
 * Renders the catalogue for a cluster: a pure function of the two, safe for use by many threads.
 *
 * <p>Variables win in this order: defaults, release, inventory, globals, passwords. An undefined
 * name is a gap with its file and line; rendering goes on, so one {@link DefinitionException} has
 * all gaps of all services.
 */
public final class RenderedDeployments implements Deployments {

    private final Catalog catalog;
    private final Expressions expressions = new Expressions();

    public RenderedDeployments(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Deployment render(Cluster cluster) {
        Gaps gaps = new Gaps();
        Deployment deployment = new Rendering(cluster, gaps).deployment();
        List<Gap> found = gaps.list();
        if (!found.isEmpty()) {
            throw new DefinitionException(found);
        }
        return deployment;
    }

    /** One rendering of one cluster. */
    private final class Rendering {

        private final Cluster cluster;
        private final Gaps gaps;
        private final ClusterScopes scopes;
        private final Texts shared;

        Rendering(Cluster cluster, Gaps gaps) {
            this.cluster = cluster;
            this.gaps = gaps;
            this.scopes =
                    new ClusterScopes(cluster, catalog, release(), expressions).withPasswords();
            this.shared = new Texts(expressions, scopes.shared(), "", gaps);
        }

        Deployment deployment() {
            refuse(catalog.refusals());
            List<ServiceDefinition> enabled = new ArrayList<>();
            for (ServiceDefinition service : catalog.services()) {
                if (shared.truth(service.enabled()) && hasHosts(service)) {
                    refuse(service.refusals());
                    enabled.add(service);
                }
            }
            Map<String, List<String>> after = after(enabled);
            FrontendRenderer frontends = new FrontendRenderer(scopes);
            ServiceRenderer renderer =
                    new ServiceRenderer(
                            new ContainerRenderer(
                                    new FileRenderer(
                                            catalog,
                                            new OverrideFiles(
                                                    new Overrides(cluster.overrides()), gaps))),
                            frontends,
                            cluster.passwords(),
                            new Settings(catalog, scopes).common());
            List<Map<String, Object>> data = new ArrayList<>();
            for (ServiceDefinition service : enabled) {
                data.addAll(frontends.data(service, hosts(service), shared));
            }
            Map<String, DesiredService> services = new LinkedHashMap<>();
            for (ServiceDefinition service : enabled) {
                Map<Host, Texts> hosts = new LinkedHashMap<>();
                for (Host host : hosts(service)) {
                    gaps.seen(host.name());
                    hosts.put(
                            host,
                            new Texts(expressions, scopes.of(host), host.name(), gaps)
                                    .with("frontends", data));
                }
                services.put(
                        service.name(), renderer.render(service, after.get(service.name()), hosts));
            }
            List<List<String>> waves = waves(after);
            return new Deployment(
                    cluster,
                    waves.stream().flatMap(List::stream).map(services::get).toList(),
                    waves,
                    scopes.shared()
                            .find("kolla_internal_vip_address")
                            .map(String::valueOf)
                            .orElse(""));
        }

        private String release() {
            try {
                String release =
                        new ClusterScopes(cluster, catalog, "", expressions)
                                .shared()
                                .find("openstack_release")
                                .map(String::valueOf)
                                .orElse("");
                if (!catalog.releases().containsKey(release)) {
                    gaps.add(
                            new Gap(
                                    cluster.folder(),
                                    0,
                                    "openstack_release: \""
                                            + release
                                            + "\" is not known; known are "
                                            + catalog.releases().keySet()));
                }
                return release;
            } catch (ExpressionException e) {
                gaps.add(new Gap(cluster.folder(), 0, "openstack_release: " + e.getMessage()));
                return "";
            }
        }

        private void refuse(List<Refusal> refusals) {
            for (Refusal refusal : refusals) {
                if (shared.truth(refusal.when())) {
                    gaps.add(new Gap(cluster.folder(), 0, shared.string(refusal.because())));
                }
            }
        }

        private List<Host> hosts(ServiceDefinition service) {
            return cluster.inventory().group(service.group());
        }

        private boolean hasHosts(ServiceDefinition service) {
            boolean some = !hosts(service).isEmpty();
            if (!some) {
                Text enabled = service.enabled();
                gaps.add(
                        new Gap(
                                cluster.folder(),
                                0,
                                "group ["
                                        + service.group()
                                        + "] of the inventory has no host, but "
                                        + service.name()
                                        + " is enabled by "
                                        + enabled.value()));
            }
            return some;
        }

        private Map<String, List<String>> after(List<ServiceDefinition> enabled) {
            List<String> names = enabled.stream().map(ServiceDefinition::name).toList();
            Map<String, List<String>> after = new LinkedHashMap<>();
            enabled.forEach(
                    s ->
                            after.put(
                                    s.name(),
                                    s.after().stream()
                                            .map(Text::value)
                                            .filter(names::contains)
                                            .toList()));
            return after;
        }

        private List<List<String>> waves(Map<String, List<String>> after) {
            try {
                return Waves.of(after);
            } catch (Waves.Cycle e) {
                gaps.add(new Gap(cluster.folder(), 0, e.getMessage()));
                return List.of();
            }
        }
    }
}
