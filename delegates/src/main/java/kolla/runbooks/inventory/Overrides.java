package kolla.runbooks.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of the operator's own files ({@code config/} of a cluster's definition) bear on a
 * configuration file, by the rules of Kolla Ansible's {@code node_custom_config}. The files may
 * hold Jinja; who uses them evaluates it. Only files that exist are returned.
 *
 * @param folder may not exist: then there are no overrides
 */
public record Overrides(Path folder) {

    /**
     * For a file in oslo.config's format, weakest first: {@code global.conf}, {@code
     * <service>.conf}, {@code <service>/<file>}, {@code <service>/<host>/<file>}. They are merged
     * over the template.
     */
    public List<Path> oslo(String service, String file, String host) {
        return existing(
                "global.conf", service + ".conf", at(service, file), at(service, host, file));
    }

    /**
     * For any other INI file that is merged over its template, weakest first: {@code <file>},
     * {@code <service>/<file>}, {@code <service>/<host>/<file>}. So it is for {@code galera.cnf} of
     * the service {@code mariadb}.
     */
    public List<Path> layered(String service, String file, String host) {
        return existing(file, at(service, file), at(service, host, file));
    }

    /**
     * For a file that cannot be merged and is taken whole instead of the template: the most special
     * of {@code <service>/<host>/<file>}, {@code <service>/<file>}, {@code <file>}.
     */
    public Optional<Path> replacement(String service, String file, String host) {
        return existing(at(service, host, file), at(service, file), file).stream().findFirst();
    }

    private static String at(String... names) {
        return String.join("/", names);
    }

    private List<Path> existing(String... candidates) {
        return Stream.of(candidates)
                .distinct()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }
}
