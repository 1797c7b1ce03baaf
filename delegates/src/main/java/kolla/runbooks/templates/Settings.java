package kolla.runbooks.templates;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.inventory.ExpressionException;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Scope;
import kolla.runbooks.inventory.Variables;

/** The catalogue's variables that have one value for the whole cluster; no password among them. */
final class Settings {

    private final Catalog catalog;
    private final ClusterScopes scopes;

    Settings(Catalog catalog, ClusterScopes scopes) {
        this.catalog = catalog;
        this.scopes = scopes;
    }

    Variables common(List<Host> hosts) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(catalog.defaults().keySet());
        catalog.releases().values().forEach(r -> names.addAll(r.keySet()));
        for (String name : names) {
            Set<Optional<Object>> seen = new LinkedHashSet<>();
            for (Host host : hosts) {
                seen.add(find(scopes.of(host), name));
            }
            if (seen.size() == 1) {
                seen.iterator().next().ifPresent(v -> values.put(name, v));
            }
        }
        return new Variables(values);
    }

    /** A variable that cannot be evaluated is a gap only where a template asks for it. */
    private static Optional<Object> find(Scope scope, String name) {
        try {
            return scope.find(name);
        } catch (ExpressionException e) {
            return Optional.empty();
        }
    }
}
