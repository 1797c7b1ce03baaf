package kolla.runbooks.templates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.Default;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Expression;
import kolla.runbooks.inventory.Expressions;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Layers;
import kolla.runbooks.inventory.Scope;

/**
 * The variables of a cluster as templates see them, by Kolla's precedence: the catalogue's
 * defaults, what its release says, the inventory, the globals, the passwords. This is the one place
 * where {@code groups}, {@code hostvars}, {@code inventory_hostname}, {@code ansible_host} and
 * {@code definition_folder} are made.
 *
 * <p>For one thread.
 */
final class ClusterScopes {

    private final Catalog catalog;
    private final String release;
    private final Expressions expressions;
    private final Map<String, Layers> hosts = new LinkedHashMap<>();
    private final Layers shared;

    ClusterScopes(Cluster cluster, Catalog catalog, String release, Expressions expressions) {
        this.catalog = catalog;
        this.release = release;
        this.expressions = expressions;
        this.shared = base().with(common(cluster)).with(cluster.globals());
        Map<String, Object> variables = new LinkedHashMap<>();
        for (Host host : cluster.inventory().hosts()) {
            Layers layers =
                    base().with("ansible_host", host.login().address())
                            .with(host.variables())
                            .with(cluster.globals())
                            .with("inventory_hostname", host.name());
            hosts.put(host.name(), layers);
            variables.put(host.name(), new HostVariables(layers));
        }
        everywhere(
                Map.of(
                        "hostvars",
                        variables,
                        "groups",
                        Map.copyOf(cluster.inventory().groups()),
                        "definition_folder",
                        cluster.folder().toAbsolutePath().toString()));
        // Nothing in a password is Jinja, and nothing wins over it.
        everywhere(cluster.passwords().values());
    }

    private Layers base() {
        return new Layers(expressions)
                .with(marked(catalog.defaults()))
                .with(marked(catalog.releases().getOrDefault(release, Map.of())));
    }

    private static Map<String, Object> marked(Map<String, Default> defaults) {
        Map<String, Object> values = new LinkedHashMap<>();
        defaults.forEach((k, d) -> values.put(k, Expression.mark(d.value(), d.file(), d.line())));
        return values;
    }

    /**
     * What the inventory says alike for every host that runs a service, for example in {@code
     * [all:vars]}.
     */
    private Map<String, Object> common(Cluster cluster) {
        List<Host> serving =
                catalog.services().stream()
                        .flatMap(s -> cluster.inventory().group(s.group()).stream())
                        .distinct()
                        .toList();
        Map<String, Object> common = new LinkedHashMap<>();
        if (!serving.isEmpty()) {
            common.putAll(serving.get(0).variables().values());
            serving.forEach(h -> common.entrySet().retainAll(h.variables().values().entrySet()));
        }
        return common;
    }

    private void everywhere(Map<String, ?> values) {
        shared.with(values);
        hosts.values().forEach(layers -> layers.with(values));
    }

    /** The variables without any host's own. */
    Scope shared() {
        return shared;
    }

    Scope of(Host host) {
        return hosts.get(host.name());
    }

    Texts texts(Gaps gaps) {
        return new Texts(expressions, shared, "", gaps);
    }

    Texts texts(Host host, Gaps gaps) {
        return new Texts(expressions, of(host), host.name(), gaps);
    }

    /** This scope with one more name. */
    static Scope with(Scope scope, String name, Object value) {
        return new Scope() {
            @Override
            public Optional<Object> find(String asked) {
                return asked.equals(name) ? Optional.of(value) : scope.find(asked);
            }

            @Override
            public Set<String> names() {
                return scope.names();
            }
        };
    }
}
