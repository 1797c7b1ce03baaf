package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads an Ansible inventory in YAML form into a draft: groups with {@code hosts}, {@code vars} and
 * {@code children}. Host names may be ranges.
 */
final class YamlInventory {

    private final Path file;
    private final YamlSource yaml;
    private final InventoryDraft draft;
    private final List<Gap> gaps;

    YamlInventory(Path file, YamlSource yaml, InventoryDraft draft, List<Gap> gaps) {
        this.file = file;
        this.yaml = yaml;
        this.draft = draft;
        this.gaps = gaps;
    }

    void read(String text) {
        yaml.compose(text)
                .ifPresent(
                        root -> {
                            Map<String, NodeTuple> groups =
                                    yaml.tuples(root, "an inventory must be a mapping of groups");
                            if (groups.containsKey("plugin")) {
                                gaps.add(
                                        new Gap(
                                                file,
                                                YamlSource.line(groups.get("plugin").getKeyNode()),
                                                "plugin: inventory plug-ins are not run here; write"
                                                        + " the groups and hosts themselves"));
                            } else {
                                groups.forEach((name, tuple) -> group(name, tuple.getValueNode()));
                            }
                        });
    }

    private void group(String name, Node node) {
        draft.group(name);
        if (YamlSource.isEmpty(node)) {
            return;
        }
        yaml.tuples(node, "group \"" + name + "\": it must have hosts, vars or children")
                .forEach((key, tuple) -> part(name, key, tuple));
    }

    private void part(String group, String key, NodeTuple tuple) {
        Node node = tuple.getValueNode();
        String right = "group \"" + group + "\": " + key + " must be a mapping of names";
        switch (key) {
            case "hosts" -> {
                if (node instanceof ScalarNode name && !YamlSource.isEmpty(node)) {
                    host(group, name.getValue(), tuple, Map.of());
                } else if (!YamlSource.isEmpty(node)) {
                    yaml.tuples(node, right)
                            .forEach(
                                    (pattern, t) -> host(group, pattern, t, variables(pattern, t)));
                }
            }
            case "vars" -> draft.variables(group).putAll(variables(group, tuple));
            case "children" -> {
                if (!YamlSource.isEmpty(node)) {
                    yaml.tuples(node, right)
                            .forEach(
                                    (child, t) -> {
                                        draft.group(group)
                                                .children
                                                .putIfAbsent(child, place(t.getKeyNode()));
                                        group(child, t.getValueNode());
                                    });
                }
            }
            default ->
                    gaps.add(
                            place(tuple.getKeyNode())
                                    .gap(
                                            "group \"" + group + "\"",
                                            "\""
                                                    + key
                                                    + "\" is not known; hosts, vars or children"
                                                    + " can stand here"));
        }
    }

    private void host(String group, String pattern, NodeTuple tuple, Map<String, Sited> variables) {
        try {
            for (String name : HostPattern.expand(pattern)) {
                draft.group(group).hosts.add(name);
                draft.host(name).putAll(variables);
            }
        } catch (IllegalArgumentException e) {
            gaps.add(new Gap(file, YamlSource.line(tuple.getKeyNode()), e.getMessage()));
        }
    }

    private Map<String, Sited> variables(String owner, NodeTuple tuple) {
        Node node = tuple.getValueNode();
        return YamlSource.isEmpty(node)
                ? Map.of()
                : yaml.entries(node, "\"" + owner + "\": its variables must be a mapping");
    }

    private Sited place(Node node) {
        return new Sited("", file, YamlSource.line(node));
    }
}
