package kolla.runbooks.inventory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Named values as an operator of Kolla writes them: strings, numbers, booleans, lists and maps, in
 * the order of the file. Immutable. Jinja expressions in them are already evaluated, but for those
 * that ask for a default of the catalogue: they are {@link Expression}s until {@link Layers} with
 * the catalogue's defaults evaluate them.
 */
public record Variables(Map<String, Object> values) {

    public static final Variables NONE = new Variables(Map.of());

    public Variables {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Optional<Object> raw(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * @throws IllegalStateException when the value still asks for a default of the catalogue
     */
    public Optional<String> string(String name) {
        raw(name)
                .flatMap(Expression::first)
                .ifPresent(
                        e -> {
                            throw new IllegalStateException(
                                    name
                                            + ": \""
                                            + e.text()
                                            + "\" asks for a default of the catalogue and is not"
                                            + " evaluated yet");
                        });
        return raw(name).map(String::valueOf);
    }

    public String string(String name, String otherwise) {
        return string(name).orElse(otherwise);
    }

    /**
     * @throws IllegalArgumentException when the value is there but no whole number; names the value
     */
    public int integer(String name, int otherwise) {
        Optional<String> text = string(name);
        try {
            return text.map(t -> Integer.parseInt(t.strip())).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + ": \"" + text.orElse("") + "\" is no whole number", e);
        }
    }

    /**
     * Ansible's truth: yes, true, on and 1 in any case are true; no, false, off, 0 and the empty
     * string are false.
     *
     * @throws IllegalArgumentException for anything else; names the value
     */
    public boolean truth(String name, boolean otherwise) {
        Optional<String> text = string(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        return switch (text.get().strip().toLowerCase(java.util.Locale.ROOT)) {
            case "yes", "true", "on", "1" -> true;
            case "no", "false", "off", "0", "" -> false;
            default ->
                    throw new IllegalArgumentException(
                            name + ": \"" + text.get() + "\" is neither yes nor no");
        };
    }

    /** These values, with those of {@code winner} over them. */
    public Variables overlaidBy(Variables winner) {
        Map<String, Object> merged = new LinkedHashMap<>(values);
        merged.putAll(winner.values);
        return new Variables(merged);
    }
}
