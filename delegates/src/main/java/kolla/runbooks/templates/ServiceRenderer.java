package kolla.runbooks.templates;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.catalog.BrokerAccount;
import kolla.runbooks.catalog.DatabaseAccount;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.catalog.ServiceDefinition;
import kolla.runbooks.catalog.ServiceDefinition.EndpointDefinition;
import kolla.runbooks.catalog.ServiceDefinition.UpgradeDefinition;
import kolla.runbooks.catalog.ServiceDefinition.VersionDefinition;
import kolla.runbooks.catalog.Text;
import kolla.runbooks.catalog.Upgrade;
import kolla.runbooks.catalog.VersionRule;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;

/** Renders one service for all of its hosts. */
final class ServiceRenderer {

    private final ContainerRenderer containers;
    private final FrontendRenderer frontends;
    private final Passwords passwords;
    private final Variables settings;

    ServiceRenderer(
            ContainerRenderer containers,
            FrontendRenderer frontends,
            Passwords passwords,
            Variables settings) {
        this.containers = containers;
        this.frontends = frontends;
        this.passwords = passwords;
        this.settings = settings;
    }

    /**
     * @param after those of the service's dependencies that are enabled
     * @param hosts each with its texts, in the inventory's order; at least one
     */
    DesiredService render(ServiceDefinition service, List<String> after, Map<Host, Texts> hosts) {
        Map<Host, List<DesiredContainer>> rendered = new LinkedHashMap<>();
        hosts.forEach((h, texts) -> rendered.put(h, containers.containers(service, texts)));
        Texts first = hosts.values().iterator().next();
        return new DesiredService(
                service.name(),
                service.title(),
                service.kind(),
                after,
                rendered,
                frontends.frontends(service, first),
                service.bootstrap().stream().map(j -> job(j, first)).toList(),
                service.database()
                        .map(
                                d ->
                                        new DatabaseAccount(
                                                first.string(d.schema()),
                                                first.string(d.user()),
                                                key(d.password(), first))),
                service.broker()
                        .map(
                                b ->
                                        new BrokerAccount(
                                                first.string(b.user()),
                                                key(b.password(), first),
                                                first.string(b.vhost()),
                                                first.truth(b.administrator()))),
                service.endpoint().map(e -> endpoint(e, first)),
                first.numbers(service.ports()),
                first.numbers(service.fence()),
                settings,
                upgrade(service.upgrade(), hosts));
    }

    private static BootstrapJob job(ServiceDefinition.JobDefinition job, Texts texts) {
        return new BootstrapJob(
                job.name(),
                texts.string(job.container()),
                texts.strings(job.environment()),
                job.perHost(),
                Duration.ofSeconds(texts.number(job.timeout(), 0)));
    }

    private static Upgrade upgrade(UpgradeDefinition upgrade, Map<Host, Texts> hosts) {
        Texts texts = hosts.values().iterator().next();
        Map<String, List<BootstrapJob>> after = new LinkedHashMap<>();
        hosts.forEach(
                (host, own) ->
                        after.put(
                                host.name(),
                                upgrade.afterHost().stream().map(j -> job(j, own)).toList()));
        return new Upgrade(
                upgrade.versions().stream().map(v -> version(v, texts)).toList(),
                upgrade.expand().stream().map(j -> job(j, texts)).toList(),
                after,
                upgrade.contract().stream().map(j -> job(j, texts)).toList(),
                texts.string(upgrade.oneWay(), ""));
    }

    private static VersionRule version(VersionDefinition version, Texts texts) {
        return new VersionRule(
                texts.string(version.container()),
                texts.strings(version.command()),
                version.pattern().value(),
                version.paths().stream()
                        .map(
                                p ->
                                        new VersionRule.VersionPath(
                                                texts.string(p.from()),
                                                texts.strings(p.to()),
                                                texts.string(p.note(), "")))
                        .toList());
    }

    private Endpoint endpoint(EndpointDefinition endpoint, Texts texts) {
        return new Endpoint(
                texts.string(endpoint.name()),
                texts.string(endpoint.type()),
                texts.string(endpoint.description()),
                texts.string(endpoint.internalUrl()),
                texts.string(endpoint.publicUrl()),
                texts.string(endpoint.adminUrl()),
                texts.string(endpoint.user(), ""),
                endpoint.password().map(p -> key(p, texts)).orElse(""));
    }

    private String key(Text text, Texts texts) {
        String key = texts.string(text);
        if (passwords.find(key).isEmpty()) {
            texts.gap(text, "passwords.yml has no value for \"" + key + "\"");
        }
        return key;
    }
}
