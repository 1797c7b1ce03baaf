package kolla.runbooks.templates;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.Refusal;
import kolla.runbooks.catalog.ServiceDefinition;
import kolla.runbooks.catalog.Text;
import kolla.runbooks.catalog.Waves;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Gap;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;

/**
 * The services of the catalogue that a cluster runs, and in which order. What the catalogue refuses
 * and a service without a host are gaps.
 */
final class EnabledServices {

    private final Inventory inventory;
    private final Path folder;
    private final Texts texts;
    private final List<ServiceDefinition> services = new ArrayList<>();

    EnabledServices(Cluster cluster, Catalog catalog, Texts texts) {
        this.inventory = cluster.inventory();
        this.folder = cluster.folder();
        this.texts = texts;
        refuse(catalog.refusals());
        for (ServiceDefinition service : catalog.services()) {
            if (texts.truth(service.enabled()) && hasHosts(service)) {
                refuse(service.refusals());
                services.add(service);
            }
        }
    }

    List<ServiceDefinition> list() {
        return services;
    }

    List<Host> hosts(ServiceDefinition service) {
        return inventory.group(service.group());
    }

    /** All hosts that run anything. */
    List<Host> hosts() {
        return services.stream().flatMap(s -> hosts(s).stream()).distinct().toList();
    }

    /** By service, those it depends on; one that is not enabled is not waited for. */
    Map<String, List<String>> after() {
        List<String> names = services.stream().map(ServiceDefinition::name).toList();
        Map<String, List<String>> after = new LinkedHashMap<>();
        for (ServiceDefinition service : services) {
            after.put(
                    service.name(),
                    service.after().stream().map(Text::value).filter(names::contains).toList());
        }
        return after;
    }

    List<List<String>> waves() {
        return Waves.of(after());
    }

    private void refuse(List<Refusal> refusals) {
        for (Refusal refusal : refusals) {
            if (texts.truth(refusal.when())) {
                gap(texts.string(refusal.because()));
            }
        }
    }

    private boolean hasHosts(ServiceDefinition service) {
        boolean some = !hosts(service).isEmpty();
        if (!some) {
            gap(
                    "group ["
                            + service.group()
                            + "] of the inventory has no host, but "
                            + service.name()
                            + " is enabled by "
                            + service.enabled());
        }
        return some;
    }

    private void gap(String what) {
        texts.gaps().add(new Gap(folder, 0, what));
    }
}
