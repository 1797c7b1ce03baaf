package kolla.runbooks.templates;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kolla.runbooks.catalog.ContainerDefinition;
import kolla.runbooks.catalog.ContainerDefinition.HealthDefinition;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.ServiceDefinition;
import kolla.runbooks.catalog.Text;
import kolla.runbooks.containers.ContainerSpec;

/** Renders a service's containers on one host by Kolla's conventions. */
final class ContainerRenderer {

    /** Which service a container belongs to, for people who look at a host. */
    private static final String LABEL = "kolla_service";

    private final FileRenderer files;

    ContainerRenderer(FileRenderer files) {
        this.files = files;
    }

    List<DesiredContainer> containers(ServiceDefinition service, Texts texts) {
        List<DesiredContainer> containers = new ArrayList<>();
        for (ContainerDefinition definition : service.containers()) {
            if (texts.truth(definition.enabled(), true)) {
                String name = texts.string(definition.name());
                containers.add(
                        new DesiredContainer(
                                spec(service, definition, name, texts),
                                files.files(service, definition, name, texts),
                                texts.strings(definition.reload())));
            }
        }
        return containers;
    }

    private static ContainerSpec spec(
            ServiceDefinition service, ContainerDefinition container, String name, Texts texts) {
        List<String> volumes = new ArrayList<>();
        volumes.add("/etc/kolla/" + name + "/:/var/lib/kolla/config_files/:ro");
        volumes.add("kolla_logs:/var/log/kolla/");
        volumes.addAll(texts.strings(container.volumes()));
        SortedMap<String, String> environment =
                new TreeMap<>(texts.strings(container.environment()));
        environment.put(
                "KOLLA_CONFIG_STRATEGY", texts.variable("config_strategy", container.name()));
        environment.put("KOLLA_SERVICE_NAME", name.replace('_', '-'));
        Text where = container.name();
        return new ContainerSpec(
                name,
                image(service, container, name, texts),
                volumes,
                environment,
                new TreeMap<>(java.util.Map.of(LABEL, service.name())),
                texts.truth(container.privileged(), false),
                texts.strings(container.capabilities()),
                texts.strings(container.tmpfs()),
                container.pidMode().map(texts::string),
                container
                        .restartPolicy()
                        .map(texts::string)
                        .orElseGet(() -> texts.variable("docker_restart_policy", where)),
                container.health().flatMap(h -> health(h, texts)),
                seconds("docker_graceful_timeout", container.stopTimeout(), where, texts));
    }

    /**
     * {@code <container>_image_full} and {@code <service>_tag} are Kolla's ways to pin one image.
     */
    private static String image(
            ServiceDefinition service, ContainerDefinition container, String name, Texts texts) {
        Text where = container.image();
        if (texts.scope().names().contains(name + "_image_full")) {
            return texts.variable(name + "_image_full", where);
        }
        String tag = service.name() + "_tag";
        return texts.variable("docker_image_url", where)
                + texts.string(container.image())
                + ":"
                + texts.variable(
                        texts.scope().names().contains(tag) ? tag : "openstack_tag", where);
    }

    private static Optional<ContainerSpec.Health> health(HealthDefinition health, Texts texts) {
        Text where = health.test();
        Text enabled =
                new Text(
                        "{{ enable_container_healthchecks }}",
                        where.field(),
                        where.file(),
                        where.line());
        if (!texts.truth(enabled)) {
            return Optional.empty();
        }
        String prefix = "default_container_healthcheck_";
        return Optional.of(
                new ContainerSpec.Health(
                        List.of("CMD-SHELL", texts.string(where)),
                        seconds(prefix + "interval", Optional.empty(), where, texts),
                        seconds(prefix + "timeout", Optional.empty(), where, texts),
                        (int)
                                seconds(prefix + "retries", Optional.empty(), where, texts)
                                        .toSeconds(),
                        seconds(prefix + "start_period", health.startPeriod(), where, texts)));
    }

    private static Duration seconds(String variable, Optional<Text> own, Text where, Texts texts) {
        Text text =
                own.orElse(
                        new Text(
                                "{{ " + variable + " }}",
                                where.field() + " (" + variable + ")",
                                where.file(),
                                where.line()));
        return Duration.ofSeconds(texts.number(text, 0));
    }
}
