package kolla.runbooks.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an Ansible inventory in INI form into a draft. The rules are those of Ansible's {@code ini}
 * inventory plug-in: host lines are split like a shell's, values that are literals of Python are
 * taken as such, a {@code :vars} line is one variable up to its end.
 */
final class IniInventory {

    /** A section's header: its group, and {@code children} or {@code vars} unless it has hosts. */
    static final Pattern SECTION = Pattern.compile("\\[([^:\\]]+)(?::(\\w+))?]\\s*(?:#.*)?");

    private final Path file;
    private final InventoryDraft draft;
    private final List<Gap> gaps;
    private String group = InventoryDraft.UNGROUPED;
    private String kind = "hosts";
    private int line;

    IniInventory(Path file, InventoryDraft draft, List<Gap> gaps) {
        this.file = file;
        this.draft = draft;
        this.gaps = gaps;
    }

    void read(String text) {
        for (String raw : text.lines().toList()) {
            line++;
            String entry = raw.strip();
            if (saysNothing(entry)) {
                continue;
            }
            try {
                if (isSection(entry)) {
                    section(entry);
                } else {
                    entry(entry);
                }
            } catch (IllegalArgumentException e) {
                gaps.add(new Gap(file, line, e.getMessage()));
            }
        }
    }

    /** Whether a line, stripped, is empty or a comment. */
    static boolean saysNothing(String entry) {
        return entry.isEmpty() || entry.startsWith("#") || entry.startsWith(";");
    }

    /** Whether a line, stripped, begins a section. */
    static boolean isSection(String entry) {
        return entry.startsWith("[") && !HostEntry.isIpv6(entry.split("\\s", 2)[0]);
    }

    private void section(String entry) {
        Matcher section = SECTION.matcher(entry);
        if (!section.matches()) {
            kind = "nothing";
            throw new IllegalArgumentException(
                    "\"" + entry + "\": a section is [group], [group:children] or [group:vars]");
        }
        group = section.group(1).strip();
        kind = section.group(2) == null ? "hosts" : section.group(2);
        switch (kind) {
            case "hosts", "children" -> draft.group(group);
            case "vars" -> draft.needsGroup(group, here(""));
            default -> {
                String wrong = kind;
                kind = "nothing";
                throw new IllegalArgumentException(
                        "\"" + entry + "\": \":" + wrong + "\" is neither :children nor :vars");
            }
        }
    }

    private void entry(String entry) {
        switch (kind) {
            case "hosts" -> hosts(entry);
            case "children" -> child(entry);
            case "vars" -> variable(entry);
            default -> {
                // Lines below a malformed section mean nothing; the section is reported.
            }
        }
    }

    private void child(String entry) {
        List<String> words = ShellWords.split(entry, true);
        if (words.size() != 1) {
            throw new IllegalArgumentException(
                    "\"" + entry + "\": a line of [" + group + ":children] is one group's name");
        }
        draft.group(group).children.putIfAbsent(words.get(0), here(""));
    }

    private void variable(String entry) {
        int equals = entry.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "\"" + entry + "\": a line of [" + group + ":vars] is name=value");
        }
        String name = entry.substring(0, equals).strip();
        Object value = PythonLiteral.parse(entry.substring(equals + 1).strip());
        draft.variables(group).put(name, here(value));
    }

    private void hosts(String entry) {
        List<String> words = ShellWords.split(entry, true);
        HostEntry hosts = HostEntry.parse(words.get(0));
        for (String name : hosts.names()) {
            draft.group(group).hosts.add(name);
            var variables = draft.host(name);
            hosts.port().ifPresent(p -> variables.put("ansible_port", here(p)));
            for (String word : words.subList(1, words.size())) {
                int equals = word.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            "host \""
                                    + name
                                    + "\": \""
                                    + word
                                    + "\" is not of the form name=value");
                }
                variables.put(
                        word.substring(0, equals),
                        here(PythonLiteral.parse(word.substring(equals + 1))));
            }
        }
    }

    private Sited here(Object value) {
        return new Sited(Expression.mark(value, file, line), file, line);
    }
}
