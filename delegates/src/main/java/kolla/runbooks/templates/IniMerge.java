package kolla.runbooks.templates;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.Gap;

/**
 * Merges INI files as Kolla Ansible merges an operator's overrides: section by section and key by
 * key. A key that stands several times in one file is a multi-valued option; a later file that has
 * the key replaces all of its values. Sections and keys keep the order in which they were first
 * seen. Comments are dropped, indented lines continue the value above, and keys may stand before
 * the first section or without a value ({@code skip-name-resolve}).
 *
 * <p>Merging the result with nothing gives the same text again.
 */
public final class IniMerge {

    /**
     * @param file for messages
     * @param text with its Jinja already evaluated
     */
    public record Source(Path file, String text) {}

    private static final String BEFORE_SECTIONS = "";

    private final Map<String, Map<String, List<Value>>> sections = new LinkedHashMap<>();
    private final List<Gap> gaps = new ArrayList<>();

    private IniMerge() {}

    /** One value; no lines at all is a key that stands alone. */
    private record Value(List<String> lines) {}

    /**
     * @param sources weakest first
     * @throws DefinitionException with every line of every source that is no INI
     */
    public static String merge(List<Source> sources) {
        IniMerge merge = new IniMerge();
        sources.forEach(merge::add);
        if (!merge.gaps.isEmpty()) {
            throw new DefinitionException(merge.gaps);
        }
        return merge.write();
    }

    private void add(Source source) {
        Map<String, Map<String, List<Value>>> read = new LinkedHashMap<>();
        String section = BEFORE_SECTIONS;
        Value open = null;
        int number = 0;
        for (String line : source.text().lines().toList()) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                // A blank line ends a value of several lines, a comment between them does not.
                open = text.isEmpty() ? null : open;
            } else if (Character.isWhitespace(line.charAt(0))) {
                if (open == null) {
                    gap(
                            source,
                            number,
                            line,
                            "an indented line continues a value, and there is none above it");
                } else {
                    open.lines().add(text);
                }
            } else if (text.startsWith("[")) {
                open = null;
                section = text.endsWith("]") ? text.substring(1, text.length() - 1).strip() : "";
                if (section.isEmpty()) {
                    gap(source, number, line, "a section is written [name]");
                }
                read.computeIfAbsent(section, s -> new LinkedHashMap<>());
            } else {
                open = assign(read, section, source, number, text);
            }
        }
        read.forEach(
                (name, keys) ->
                        sections.computeIfAbsent(name, s -> new LinkedHashMap<>()).putAll(keys));
    }

    private Value assign(
            Map<String, Map<String, List<Value>>> read,
            String section,
            Source source,
            int number,
            String text) {
        int end = separator(text);
        String key = end < 0 ? text : text.substring(0, end).strip();
        if (key.isEmpty()) {
            gap(source, number, text, "a setting is written key = value");
        }
        Value value = new Value(new ArrayList<>());
        if (end >= 0) {
            value.lines().add(text.substring(end + 1).strip());
        }
        read.computeIfAbsent(section, s -> new LinkedHashMap<>())
                .computeIfAbsent(key, k -> new ArrayList<>())
                .add(value);
        return value;
    }

    /** The place of the first {@code =} or {@code :}, -1 where there is neither. */
    private static int separator(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '=' || text.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }

    private void gap(Source source, int line, String seen, String right) {
        gaps.add(new Gap(source.file(), line, "\"" + seen.strip() + "\": " + right));
    }

    private String write() {
        StringBuilder text = new StringBuilder();
        keys(sections.getOrDefault(BEFORE_SECTIONS, Map.of()), text);
        sections.forEach(
                (name, keys) -> {
                    if (!name.equals(BEFORE_SECTIONS)) {
                        text.append(text.isEmpty() ? "" : "\n")
                                .append('[')
                                .append(name)
                                .append("]\n");
                        keys(keys, text);
                    }
                });
        return text.toString();
    }

    private static void keys(Map<String, List<Value>> keys, StringBuilder text) {
        keys.forEach((key, values) -> values.forEach(v -> write(key, v.lines(), text)));
    }

    private static void write(String key, List<String> lines, StringBuilder text) {
        text.append(key);
        if (!lines.isEmpty()) {
            text.append(lines.get(0).isEmpty() ? " =" : " = ").append(lines.get(0));
        }
        for (String more : lines.subList(Math.min(1, lines.size()), lines.size())) {
            text.append("\n    ").append(more);
        }
        text.append('\n');
    }
}
