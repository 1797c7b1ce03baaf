package kolla.runbooks.catalog;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;

/** Reads variables with their lines. */
final class DefaultsYaml extends SafeConstructor {

    private DefaultsYaml() {
        super(new LoaderOptions());
    }

    static Map<String, Default> variables(Section section, Path file) {
        DefaultsYaml constructor = new DefaultsYaml();
        Map<String, Default> variables = new LinkedHashMap<>();
        section.nodes()
                .forEach(
                        (name, node) ->
                                variables.put(
                                        name,
                                        new Default(
                                                constructor.valueOf(node),
                                                file,
                                                section.line(name))));
        return variables;
    }

    private Object valueOf(Node node) {
        Object value = constructDocument(node);
        return value == null ? "" : value;
    }
}
