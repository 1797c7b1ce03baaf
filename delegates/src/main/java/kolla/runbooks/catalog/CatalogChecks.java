package kolla.runbooks.catalog;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kolla.runbooks.catalog.Catalog.Template;
import kolla.runbooks.inventory.Gap;

/** What must hold between a service's definition and the rest of the catalogue. */
final class CatalogChecks {

    private CatalogChecks() {}

    static void service(
            ServiceDefinition service,
            List<ServiceDefinition> all,
            Map<String, Template> files,
            List<Gap> gaps) {
        String folder = service.file().getParent().getFileName().toString();
        if (!service.name().equals(folder)) {
            gaps.add(
                    new Gap(
                            service.file(),
                            1,
                            "name: \"" + service.name() + "\" must be its folder's, " + folder));
        }
        Set<String> names = all.stream().map(ServiceDefinition::name).collect(Collectors.toSet());
        service.after().stream()
                .filter(a -> !names.contains(a.value()))
                .forEach(a -> gaps.add(gap(a, "is no service of the catalogue " + sorted(names))));
        for (ContainerDefinition container : service.containers()) {
            for (FileDefinition file : container.files()) {
                if (file.certificate().isEmpty()
                        && !files.containsKey(folder + "/" + file.template())) {
                    gaps.add(gap(file.name(), "has no template " + folder + "/" + file.template()));
                }
            }
        }
        unused(service, folder, files, gaps);
        Set<String> containers = new HashSet<>();
        service.containers().stream()
                .map(ContainerDefinition::name)
                .filter(n -> !containers.add(n.value()))
                .forEach(n -> gaps.add(gap(n, "stands here for the second time")));
        Stream.of(
                        jobs(service.bootstrap()),
                        jobs(service.upgrade().expand()),
                        jobs(service.upgrade().afterHost()),
                        jobs(service.upgrade().contract()),
                        service.upgrade().versions().stream().map(v -> v.container()))
                .flatMap(s -> s)
                .filter(c -> !containers.contains(c.value()))
                .forEach(
                        c ->
                                gaps.add(
                                        gap(
                                                c,
                                                "is no container of the service "
                                                        + sorted(containers))));
    }

    private static Stream<Text> jobs(List<ServiceDefinition.JobDefinition> jobs) {
        return jobs.stream().map(ServiceDefinition.JobDefinition::container);
    }

    /** Services that wait for each other could never be rolled out. */
    static void order(List<ServiceDefinition> services, List<Gap> gaps) {
        Map<String, List<String>> after = new LinkedHashMap<>();
        services.forEach(s -> after.put(s.name(), s.after().stream().map(Text::value).toList()));
        try {
            Waves.of(after);
        } catch (Waves.Cycle e) {
            services.stream()
                    .filter(s -> e.services().contains(s.name()))
                    .forEach(s -> gaps.add(new Gap(s.file(), 0, e.getMessage())));
        }
    }

    /** A template that no container names would look as if it had an effect. */
    private static void unused(
            ServiceDefinition service, String folder, Map<String, Template> files, List<Gap> gaps) {
        Set<String> used =
                service.containers().stream()
                        .flatMap(c -> c.files().stream())
                        .map(f -> folder + "/" + f.template())
                        .collect(Collectors.toSet());
        files.forEach(
                (path, template) -> {
                    if (path.startsWith(folder + "/")
                            && path.endsWith(".j2")
                            && !used.contains(path)) {
                        gaps.add(
                                new Gap(
                                        template.file(),
                                        0,
                                        "no container of the service uses this template"));
                    }
                });
    }

    private static Gap gap(Text text, String what) {
        return new Gap(
                text.file(), text.line(), text.field() + ": \"" + text.value() + "\" " + what);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
