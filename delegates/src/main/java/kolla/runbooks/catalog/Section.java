package kolla.runbooks.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kolla.runbooks.inventory.Gap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML mapping read key by key. What is missing, of the wrong form or never asked for is a gap
 * with its line; reading goes on so that all gaps are found at once.
 */
final class Section {

    private final String name;
    private final Path file;
    private final int line;
    private final List<Gap> gaps;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    Section(String name, Node node, Path file, List<Gap> gaps) {
        this.name = name;
        this.file = file;
        this.line = lineOf(node);
        this.gaps = gaps;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                add(tuple);
            }
        } else {
            gap(line, (name.isEmpty() ? "the file" : name) + " must be a mapping of keys");
        }
    }

    private void add(NodeTuple tuple) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        if (values.put(key, tuple.getValueNode()) != null) {
            gap(lineOf(tuple.getKeyNode()), field(key) + " stands here for the second time");
        }
        lines.put(key, lineOf(tuple.getKeyNode()));
    }

    static int lineOf(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    private String field(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    private void gap(int at, String what) {
        gaps.add(new Gap(file, at, what));
    }

    Optional<Text> optional(String key) {
        return node(key).flatMap(n -> scalar(n, field(key)));
    }

    Text text(String key) {
        if (!values.containsKey(key)) {
            gap(line, field(key) + " is missing");
        }
        return optional(key).orElse(new Text("", field(key), file, line));
    }

    String word(String key) {
        return text(key).value();
    }

    List<Text> texts(String key) {
        return items(key).stream().flatMap(n -> scalar(n, field(key)).stream()).toList();
    }

    Map<String, Text> entries(String key) {
        Map<String, Text> entries = new LinkedHashMap<>();
        section(key)
                .ifPresent(
                        s ->
                                s.values
                                        .keySet()
                                        .forEach(k -> entries.put(k, s.optional(k).orElseThrow())));
        return entries;
    }

    Optional<Section> section(String key) {
        return node(key).map(n -> new Section(field(key), n, file, gaps));
    }

    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (Node node : items(key)) {
            sections.add(new Section(field(key) + "[" + sections.size() + "]", node, file, gaps));
        }
        return sections;
    }

    Map<String, Node> nodes() {
        asked.addAll(values.keySet());
        return values;
    }

    int line(String key) {
        return lines.getOrDefault(key, line);
    }

    private Optional<Node> node(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key)).filter(n -> !n.getTag().equals(Tag.NULL));
    }

    private List<Node> items(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof SequenceNode)) {
            gap(lineOf(node.get()), field(key) + " must be a list");
        }
        return node.filter(SequenceNode.class::isInstance)
                .map(n -> ((SequenceNode) n).getValue())
                .orElse(List.of());
    }

    private Optional<Text> scalar(Node node, String field) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(new Text(scalar.getValue(), field, file, lineOf(node)));
        }
        gap(lineOf(node), field + " must be a single value");
        return Optional.empty();
    }

    /** Every key has been asked for; the others are not known. */
    void end() {
        values.keySet().stream()
                .filter(k -> !asked.contains(k))
                .forEach(
                        k ->
                                gap(
                                        line(k),
                                        field(k)
                                                + " is not known here; known are "
                                                + asked.stream()
                                                        .sorted()
                                                        .collect(Collectors.joining(", "))));
    }
}
