package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as Ansible does (YAML 1.1: {@code yes} is true) and keeps the line of everything.
 * Texts with Jinja become {@link Expression}s. {@code !vault} is opened, {@code !unsafe} is text in
 * which Jinja means nothing. Of a key that stands twice the last holds, with a warning in the log,
 * as in Ansible. An empty value is the empty string.
 *
 * <p>Messages never quote the file, because it may hold passwords.
 */
final class YamlSource extends SafeConstructor {

    private static final Logger LOG = LoggerFactory.getLogger(YamlSource.class);

    private static final String UNQUOTED =
            "YAML takes the value for a number or a yes or no that reads otherwise; put it in"
                    + " quotes";

    private final Path file;
    private final UnaryOperator<String> vault;
    private final List<Gap> gaps;
    private final Deque<Node> open = new ArrayDeque<>();
    private boolean onlyTexts;

    /**
     * @param vault opens an encrypted text; throws IllegalArgumentException with the reason when it
     *     cannot
     */
    YamlSource(Path file, UnaryOperator<String> vault, List<Gap> gaps) {
        super(new LoaderOptions());
        this.file = file;
        this.vault = vault;
        this.gaps = gaps;
    }

    /**
     * Takes every value as text, for passwords. A value that YAML reads as something that is
     * written otherwise (0123 is 83, yes is true) is a gap: nobody means that.
     */
    YamlSource onlyTexts() {
        onlyTexts = true;
        return this;
    }

    /** The top-level mapping; an empty file is an empty mapping. */
    Map<String, Sited> read(String text) {
        return compose(text)
                .map(root -> entries(root, "the file must be a mapping (name: value)"))
                .orElseGet(Map::of);
    }

    /** The document's root, when there is one and it can be parsed. */
    Optional<Node> compose(String text) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(200);
            return Optional.ofNullable(new Yaml(options).compose(new java.io.StringReader(text)))
                    .filter(n -> !isEmpty(n));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            gaps.add(new Gap(file, line, "no valid YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            gaps.add(
                    new Gap(
                            file,
                            0,
                            "no valid YAML: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")));
        }
        return Optional.empty();
    }

    static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** The nodes of a mapping by key, in order; a gap when it is none. */
    Map<String, NodeTuple> tuples(Node node, String right) {
        if (!(node instanceof MappingNode mapping)) {
            gaps.add(new Gap(file, line(node), right));
            return Map.of();
        }
        flattenMapping(mapping);
        Map<String, NodeTuple> tuples = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                NodeTuple old = tuples.put(key.getValue(), tuple);
                if (old != null) {
                    LOG.warn(
                            "{}:{}: {} stands twice (first in line {}); the last one holds",
                            file,
                            line(key),
                            key.getValue(),
                            line(old.getKeyNode()));
                }
            } else {
                gaps.add(new Gap(file, line(tuple.getKeyNode()), "a key must be plain text"));
            }
        }
        return tuples;
    }

    Map<String, Sited> entries(Node node, String right) {
        Map<String, Sited> entries = new LinkedHashMap<>();
        tuples(node, right)
                .forEach(
                        (key, tuple) ->
                                entries.put(
                                        key,
                                        new Sited(
                                                value(key, tuple.getValueNode()),
                                                file,
                                                line(tuple.getKeyNode()))));
        return entries;
    }

    private Object value(String field, Node node) {
        if (open.contains(node)) {
            gaps.add(new Gap(file, line(node), field + ": it contains itself"));
            return "";
        }
        open.push(node);
        try {
            if (node instanceof MappingNode) {
                Map<String, Object> values = new LinkedHashMap<>();
                tuples(node, "")
                        .forEach((k, t) -> values.put(k, value(field + "." + k, t.getValueNode())));
                return values;
            }
            if (node instanceof SequenceNode sequence) {
                List<Object> values = new ArrayList<>();
                sequence.getValue().forEach(v -> values.add(value(field, v)));
                return values;
            }
            return scalar(field, (ScalarNode) node);
        } finally {
            open.pop();
        }
    }

    private Object scalar(String field, ScalarNode node) {
        String tag = node.getTag().getValue();
        if (tag.equals("!unsafe")) {
            return node.getValue();
        }
        if (tag.equals("!vault") || tag.equals("!vault-encrypted")) {
            try {
                return vault.apply(node.getValue());
            } catch (IllegalArgumentException e) {
                gaps.add(new Gap(file, line(node), field + ": " + e.getMessage()));
                return "";
            }
        }
        if (!tag.startsWith(Tag.PREFIX)) {
            gaps.add(
                    new Gap(
                            file,
                            line(node),
                            field + ": the tag \"" + tag + "\" is not known here"));
            return "";
        }
        if (node.getTag().equals(Tag.NULL)) {
            return "";
        }
        if (node.getTag().equals(Tag.STR) || node.getTag().equals(Tag.TIMESTAMP)) {
            return Expression.mark(node.getValue(), file, firstLine(node));
        }
        try {
            Object value = constructObject(node);
            if (onlyTexts && !node.getValue().equals(String.valueOf(value))) {
                throw new NumberFormatException("written otherwise");
            }
            return onlyTexts ? node.getValue() : value;
        } catch (YAMLException | NumberFormatException e) {
            gaps.add(new Gap(file, line(node), field + ": " + UNQUOTED));
            return "";
        }
    }

    /** The text of a block ({@code |}) begins below its mark. */
    private static int firstLine(ScalarNode node) {
        return switch (node.getScalarStyle()) {
            case LITERAL, FOLDED -> line(node) + 1;
            default -> line(node);
        };
    }
}
