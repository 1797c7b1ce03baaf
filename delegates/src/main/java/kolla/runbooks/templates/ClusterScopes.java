package kolla.runbooks.templates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * where {@code groups}, {@code hostvars}, {@code inventory_hostname} and {@code ansible_host} are
 * made.
 *
 * <p>For one thread.
 */
final class ClusterScopes {

    private final Cluster cluster;
    private final Catalog catalog;
    private final Expressions expressions;
    private final Map<String, Layers> hosts = new LinkedHashMap<>();
    private final Layers shared;

    ClusterScopes(Cluster cluster, Catalog catalog, String release, Expressions expressions) {
        this.cluster = cluster;
        this.catalog = catalog;
        this.expressions = expressions;
        this.shared = base(release).with(cluster.globals());
        Map<String, Object> variables = new LinkedHashMap<>();
        for (Host host : cluster.inventory().hosts()) {
            Layers layers =
                    base(release)
                            .with("ansible_host", host.login().address())
                            .with(host.variables())
                            .with(cluster.globals())
                            .with("inventory_hostname", host.name());
            hosts.put(host.name(), layers);
            variables.put(host.name(), new HostVariables(layers));
        }
        everywhere("hostvars", variables);
        everywhere("groups", Map.copyOf(cluster.inventory().groups()));
    }

    private Layers base(String release) {
        return new Layers(expressions)
                .with(marked(catalog.defaults()))
                .with(marked(catalog.releases().getOrDefault(release, Map.of())));
    }

    private static Map<String, Object> marked(Map<String, Default> defaults) {
        Map<String, Object> values = new LinkedHashMap<>();
        defaults.forEach((k, d) -> values.put(k, Expression.mark(d.value(), d.file(), d.line())));
        return values;
    }

    private void everywhere(String name, Object value) {
        shared.with(name, value);
        hosts.values().forEach(layers -> layers.with(name, value));
    }

    /** Passwords win over everything, and nothing in them is Jinja. */
    ClusterScopes withPasswords() {
        shared.with(cluster.passwords().values());
        hosts.values().forEach(layers -> layers.with(cluster.passwords().values()));
        return this;
    }

    /** The variables without any host's own. */
    Scope shared() {
        return shared;
    }

    Scope of(Host host) {
        return hosts.get(host.name());
    }

    /** This scope with one more name. */
    static Scope with(Scope scope, String name, Object value) {
        return new Scope() {
            @Override
            public java.util.Optional<Object> find(String asked) {
                return asked.equals(name) ? java.util.Optional.of(value) : scope.find(asked);
            }

            @Override
            public java.util.Set<String> names() {
                return scope.names();
            }
        };
    }

    List<Host> hosts() {
        return cluster.inventory().hosts();
    }
}
