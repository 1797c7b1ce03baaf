package kolla.runbooks.inventory;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The content of {@code passwords.yml}. Never printed: {@link #toString} hides every value. */
public record Passwords(Map<String, String> values) {

    public static final Passwords NONE = new Passwords(Map.of());

    public Passwords {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }

    /** Every secret value, for masking. Key pairs stand as {@code name.private_key}. */
    public Collection<String> secrets() {
        return values.values();
    }

    @Override
    public String toString() {
        return "Passwords" + values.keySet();
    }
}
