package kolla.runbooks.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of HAProxy's {@code show stat} about one server of a backend.
 *
 * @param server its name, which is the host's
 * @param status {@code UP}, {@code DOWN}, {@code DRAIN}, {@code MAINT}, {@code no check}, also with
 *     a progress behind ({@code UP 1/3})
 * @param sessions open now
 */
public record HaproxyServer(String backend, String server, String status, int sessions) {

    /** Takes new connections. */
    public boolean up() {
        return status.startsWith("UP") || status.equals("no check");
    }

    /** Its check says that nothing answers. */
    boolean down() {
        return status.startsWith("DOWN");
    }

    /** Was taken out by somebody. */
    public boolean takenOut() {
        String word = status.toUpperCase(Locale.ROOT);
        return word.startsWith("DRAIN") || word.startsWith("MAINT");
    }

    /**
     * Reads the answer to {@code show stat}: comma separated, with a heading line; the summary
     * lines of frontends and backends are left out.
     */
    static List<HaproxyServer> parse(String csv) {
        List<HaproxyServer> servers = new ArrayList<>();
        List<String> heading = List.of();
        for (String line : csv.split("\n")) {
            if (line.startsWith("# ")) {
                heading = fields(line.substring(2));
            } else if (!line.isBlank() && !heading.isEmpty()) {
                List<String> fields = fields(line);
                String server = field(heading, fields, "svname");
                if (!server.isEmpty() && !server.equals("FRONTEND") && !server.equals("BACKEND")) {
                    servers.add(
                            new HaproxyServer(
                                    field(heading, fields, "pxname"),
                                    server,
                                    field(heading, fields, "status"),
                                    number(field(heading, fields, "scur"))));
                }
            }
        }
        return servers;
    }

    private static String field(List<String> heading, List<String> fields, String name) {
        int index = heading.indexOf(name);
        return index >= 0 && index < fields.size() ? fields.get(index) : "";
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (char c : line.strip().toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
