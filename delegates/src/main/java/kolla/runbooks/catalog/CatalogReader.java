package kolla.runbooks.catalog;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import kolla.runbooks.catalog.Catalog.Template;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.Gap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code config-templates}: {@code defaults.yml}, {@code releases/*.yml} and {@code
 * <service>/service.yml} with the templates beside it. A new service is a new folder.
 *
 * <p>What is wrong with the catalogue (unknown key, missing value, template that is not there) is
 * refused when it is read, all of it at once, with file and line.
 */
public final class CatalogReader {

    private static final String SERVICE = "/service.yml";
    private static final String DEFAULTS = "defaults.yml";
    private static final String RELEASES = "releases/";

    private final List<Gap> gaps = new ArrayList<>();
    private final Map<String, Template> files;

    private CatalogReader(Map<String, Template> files) {
        this.files = files;
    }

    /**
     * @throws DefinitionException with everything that is wrong
     */
    public static Catalog read(Path folder) {
        Map<String, Template> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                files.put(name, new Template(Files.readString(path), path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("config-templates: cannot read " + folder, e);
        }
        return new CatalogReader(files).catalog();
    }

    /**
     * @param contents the files of {@code config-templates} by their path below it
     * @throws DefinitionException with everything that is wrong
     */
    public static Catalog read(Map<String, String> contents) {
        Map<String, Template> files = new TreeMap<>();
        contents.forEach(
                (path, text) ->
                        files.put(path, new Template(text, Path.of("config-templates", path))));
        return new CatalogReader(files).catalog();
    }

    private Catalog catalog() {
        List<ServiceDefinition> services = new ArrayList<>();
        Map<String, Map<String, Default>> releases = new TreeMap<>();
        Map<String, Default> defaults = new LinkedHashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        files.forEach(
                (path, template) -> {
                    if (path.endsWith(SERVICE)) {
                        tree(template)
                                .map(n -> new ServiceYaml(template.file(), gaps).service(n))
                                .ifPresent(services::add);
                    } else if (path.startsWith(RELEASES) && path.endsWith(".yml")) {
                        String release = path.substring(RELEASES.length(), path.length() - 4);
                        releases.put(release, section(template, s -> variables(s, template)));
                    } else if (path.equals(DEFAULTS)) {
                        section(
                                template,
                                s -> {
                                    s.section("variables")
                                            .ifPresent(
                                                    v -> defaults.putAll(variables(v, template)));
                                    refusals.addAll(
                                            ServiceYaml.all(s, "refuses", ServiceYaml::refusal));
                                    return Map.of();
                                });
                    }
                });
        for (ServiceDefinition service : services) {
            CatalogChecks.service(service, services, files, gaps);
            addDefaults(service, defaults);
        }
        CatalogChecks.order(services, gaps);
        if (!gaps.isEmpty()) {
            throw new DefinitionException(gaps);
        }
        return new Catalog(services, refusals, defaults, releases, files);
    }

    private void addDefaults(ServiceDefinition service, Map<String, Default> defaults) {
        service.defaults()
                .forEach(
                        (name, value) -> {
                            Default first = defaults.putIfAbsent(name, value);
                            if (first != null) {
                                gaps.add(
                                        new Gap(
                                                value.file(),
                                                value.line(),
                                                name
                                                        + " has a default already in "
                                                        + first.file()
                                                        + ":"
                                                        + first.line()));
                            }
                        });
    }

    private Map<String, Default> section(
            Template template, Function<Section, Map<String, Default>> read) {
        return tree(template)
                .map(n -> ServiceYaml.closed(new Section("", n, template.file(), gaps), read))
                .orElse(Map.of());
    }

    private static Map<String, Default> variables(Section section, Template template) {
        return DefaultsYaml.variables(section, template.file());
    }

    private Optional<Node> tree(Template template) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(template.text()));
            if (root == null) {
                gaps.add(new Gap(template.file(), 0, "is empty"));
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            gaps.add(new Gap(template.file(), line, "no valid YAML: " + e.getProblem()));
            return Optional.empty();
        }
    }
}
