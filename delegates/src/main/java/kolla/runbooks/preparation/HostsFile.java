package kolla.runbooks.preparation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The text of a host's {@code /etc/hosts} and the cluster's own block in it, between two marker
 * lines. Lines outside the block belong to others: they are read, and written back byte for byte.
 * One exception, which is also the reference tool's: a loopback address may not be called like a
 * host of the cluster ({@code 127.0.1.1}, which Debian's installer writes), because RabbitMQ's node
 * and Galera's would look for each other there. Pure.
 */
final class HostsFile {

    private final List<String> above = new ArrayList<>();
    private final List<String> block = new ArrayList<>();
    private final List<String> below = new ArrayList<>();
    private final String text;
    private final String begin;
    private final String end;
    private final boolean closed;

    HostsFile(String text, String cluster) {
        this.text = text;
        begin = "# BEGIN hosts of cluster " + cluster + ", written by kolla-runbooks";
        end = "# END hosts of cluster " + cluster + ", written by kolla-runbooks";
        List<String> part = above;
        for (String line : text.lines().toList()) {
            if (part == above && line.strip().equals(begin)) {
                part = block;
            } else if (part == block && line.strip().equals(end)) {
                part = below;
            } else {
                part.add(line);
            }
        }
        closed = part != block;
    }

    /** False when the block begins and does not end: somebody has edited it. */
    boolean closed() {
        return closed;
    }

    /** What the cluster's own block says, by name. */
    Map<String, String> own() {
        Map<String, String> names = new TreeMap<>();
        for (String line : block) {
            words(line).stream().skip(1).forEach(n -> names.put(n, words(line).get(0)));
        }
        return names;
    }

    /** The IPv4 addresses, loopback left out, that the lines of others give a name. */
    Set<String> others(String name) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String line : outside()) {
            List<String> words = words(line);
            if (!isLoopback(line) && words.lastIndexOf(name) > 0 && !words.get(0).contains(":")) {
                addresses.add(words.get(0));
            }
        }
        return addresses;
    }

    /** Whether a line of others calls a loopback address so. */
    boolean onLoopback(String name) {
        return outside().stream().anyMatch(l -> isLoopback(l) && words(l).lastIndexOf(name) > 0);
    }

    /**
     * The file's text with another block of its own.
     *
     * @param names what the block says; without any there is no block
     * @param loosened names that are taken off the loopback addresses
     */
    String with(Map<String, String> names, Collection<String> loosened) {
        List<String> lines = new ArrayList<>();
        above.forEach(l -> lines.add(loosen(l, loosened)));
        if (!names.isEmpty()) {
            lines.add(begin);
            byAddress(names).forEach((a, list) -> lines.add(a + " " + String.join(" ", list)));
            lines.add(end);
        }
        below.forEach(l -> lines.add(loosen(l, loosened)));
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    String text() {
        return text;
    }

    private List<String> outside() {
        List<String> lines = new ArrayList<>(above);
        lines.addAll(below);
        return lines;
    }

    private static Map<String, List<String>> byAddress(Map<String, String> names) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        new TreeMap<>(names)
                .forEach((n, a) -> lines.computeIfAbsent(a, x -> new ArrayList<>()).add(n));
        return lines;
    }

    /** A line whose last name went becomes a comment, so that it can be found again. */
    private static String loosen(String line, Collection<String> names) {
        if (!isLoopback(line) || words(line).stream().skip(1).noneMatch(names::contains)) {
            return line;
        }
        List<String> left = words(line).stream().skip(1).filter(n -> !names.contains(n)).toList();
        return left.isEmpty() ? "# " + line : words(line).get(0) + "\t" + String.join(" ", left);
    }

    private static boolean isLoopback(String line) {
        List<String> words = words(line);
        return !words.isEmpty() && (words.get(0).startsWith("127.") || words.get(0).equals("::1"));
    }

    private static List<String> words(String line) {
        String content = line.split("#", 2)[0].strip();
        return content.isEmpty() ? List.of() : List.of(content.split("\\s+"));
    }
}
