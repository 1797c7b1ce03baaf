package kolla.runbooks.templates;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import kolla.runbooks.inventory.Scope;

/**
 * One host's variables as templates see them in {@code hostvars}: each is evaluated when it is
 * asked for. They cannot be listed, because a listing would evaluate what nobody needs.
 */
final class HostVariables extends AbstractMap<String, Object> {

    private final Scope scope;

    HostVariables(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Object get(Object name) {
        return scope.find(String.valueOf(name)).orElse(null);
    }

    @Override
    public boolean containsKey(Object name) {
        return scope.names().contains(String.valueOf(name));
    }

    @Override
    public Set<String> keySet() {
        return scope.names();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return Set.of();
    }
}
