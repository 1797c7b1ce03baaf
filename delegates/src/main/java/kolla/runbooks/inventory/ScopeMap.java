package kolla.runbooks.inventory;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A scope as a mapping in expressions, for {@code hostvars['name'].variable}; nothing is evaluated
 * before it is asked for.
 */
final class ScopeMap extends AbstractMap<String, Object> {

    private final Scope scope;

    ScopeMap(Scope scope) {
        this.scope = scope;
    }

    @Override
    public boolean containsKey(Object key) {
        return scope.names().contains(key);
    }

    @Override
    public Object get(Object key) {
        return scope.find(String.valueOf(key)).orElse(null);
    }

    @Override
    public int size() {
        return scope.names().size();
    }

    @Override
    public Set<String> keySet() {
        return scope.names();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        scope.names().forEach(n -> all.put(n, get(n)));
        return all.entrySet();
    }
}
