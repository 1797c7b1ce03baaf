package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;

/** Looks into what was rendered. */
final class Rendered {

    private Rendered() {}

    static DesiredContainer container(Deployment deployment, String name, String host) {
        return deployment.services().stream()
                .map(s -> s.container(deployment.cluster().inventory().host(host), name))
                .flatMap(c -> c.stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container " + name + " on " + host));
    }

    static String file(Deployment deployment, String host, String path) {
        DesiredContainer container =
                container(deployment, path.substring(0, path.indexOf('/')), host);
        return container.files().stream()
                .filter(f -> f.path().equals("/etc/kolla/" + path))
                .map(DesiredFile::content)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no file " + path + " on " + host));
    }

    /** Every file by {@code host:path}. */
    static Map<String, String> files(Deployment deployment) {
        Map<String, String> files = new TreeMap<>();
        for (DesiredService service : deployment.services()) {
            service.containers()
                    .forEach(
                            (host, containers) ->
                                    containers.forEach(
                                            c ->
                                                    c.files()
                                                            .forEach(
                                                                    f ->
                                                                            files.put(
                                                                                    host
                                                                                            + ":"
                                                                                            + f.path()
                                                                                                    .substring(
                                                                                                            "/etc/kolla/"
                                                                                                                    .length()),
                                                                                    f.content()))));
        }
        return files;
    }

    /** {@code section.key} to value; keys before the first section stand alone. */
    static Map<String, String> ini(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String section = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1) + ".";
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                values.put(
                        section + (equals < 0 ? line : line.substring(0, equals).strip()),
                        equals < 0 ? "" : line.substring(equals + 1).strip());
            }
        }
        return values;
    }

    /** HAProxy's sections by their first line. */
    static Map<String, List<String>> haproxy(String text) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
            if (line.startsWith(" ")) {
                section.add(line.strip());
            } else if (!line.startsWith("#")) {
                section = new ArrayList<>();
                sections.put(line.strip(), section);
            }
        }
        return sections;
    }
}
