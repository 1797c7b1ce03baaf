package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes {@link Passwords} from the content of {@code passwords.yml}. Values may refer to one
 * another and to globals, as in Ansible. Messages never hold a value.
 */
final class PasswordReader {

    private final Path file;
    private final List<Gap> gaps;

    PasswordReader(Path file, List<Gap> gaps) {
        this.file = file;
        this.gaps = gaps;
    }

    Passwords read(Map<String, Sited> raw, Variables globals, Expressions expressions) {
        Map<String, Object> values = new LinkedHashMap<>();
        raw.forEach((name, sited) -> values.put(name, sited.value()));
        Layers layers = new Layers(expressions).with(globals).with(values);
        Map<String, String> passwords = new LinkedHashMap<>();
        raw.forEach(
                (name, sited) -> {
                    try {
                        add(passwords, name, layers.find(name).orElseThrow(), sited);
                    } catch (ExpressionException e) {
                        gaps.addAll(e.gaps(file, sited.line(), name));
                    }
                });
        return new Passwords(passwords);
    }

    private void add(Map<String, String> passwords, String name, Object value, Sited place) {
        if (value instanceof Map<?, ?> parts) {
            parts.forEach((k, v) -> add(passwords, name + "." + k, v, place));
        } else if (value instanceof List<?>) {
            gaps.add(place.gap(name, "a list is no password; write one value"));
        } else {
            passwords.put(name, value.toString());
        }
    }
}
