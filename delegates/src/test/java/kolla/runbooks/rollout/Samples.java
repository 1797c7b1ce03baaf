package kolla.runbooks.rollout;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Upgrade;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.containers.ContainerState;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;

/** Small things to make tests from. */
public final class Samples {

    public static final Host CTL1 = host("ctl1", 1);
    public static final Host CTL2 = host("ctl2", 2);
    public static final Host CTL3 = host("ctl3", 3);
    static final String IMAGE_ID = "sha256:aaaa";

    private Samples() {}

    static Host host(String name, int number) {
        return new Host(
                name,
                new Login(
                        "192.0.2." + number, 22, "root", false, Optional.empty(), Optional.empty()),
                Variables.NONE);
    }

    static ContainerSpec spec(String name) {
        return new ContainerSpec(
                name,
                "registry/" + name + ":1",
                List.of(name + ":/var/lib/" + name, "kolla_logs:/var/log/kolla/"),
                new TreeMap<>(Map.of("KOLLA_CONFIG_STRATEGY", "COPY_ALWAYS")),
                new TreeMap<>(),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                "unless-stopped",
                Optional.empty(),
                Duration.ofSeconds(10));
    }

    static DesiredFile file(String container, String content) {
        return new DesiredFile(
                "/etc/kolla/" + container + "/" + container + ".conf", content, 0660, "root:root");
    }

    static DesiredContainer container(String name, String content) {
        return new DesiredContainer(spec(name), List.of(file(name, content)), List.of());
    }

    static ContainerState running(ContainerSpec spec) {
        return new ContainerState(
                "c0ffee",
                spec,
                IMAGE_ID,
                true,
                ContainerState.Health.NONE,
                Optional.empty(),
                Optional.of(Instant.EPOCH),
                0);
    }

    static ContainerState ended(ContainerSpec spec) {
        return new ContainerState(
                "c0ffee",
                spec,
                IMAGE_ID,
                false,
                ContainerState.Health.NONE,
                Optional.of(1),
                Optional.of(Instant.EPOCH),
                0);
    }

    /** A host on which this container is exactly as it should be. */
    static HostObservation asDesired(DesiredContainer container) {
        DesiredFile file = container.files().get(0);
        return new HostObservation(
                Map.of(
                        file.path(),
                        new ObservedFile(
                                file.path(),
                                ConfigFiles.sha256(file.content()),
                                file.mode(),
                                file.owner())),
                Map.of(container.spec().name(), ConfigFiles.digest(container)),
                Map.of(container.spec().name(), running(container.spec())),
                Map.of(container.spec().image(), IMAGE_ID));
    }

    static HostObservation bare() {
        return new HostObservation(Map.of(), Map.of(), Map.of(), Map.of());
    }

    public static Cluster cluster(Map<String, String> passwords) {
        return new Cluster(
                "lab",
                Path.of("cluster"),
                new Inventory(List.of(CTL1, CTL2, CTL3), Map.of()),
                Variables.NONE,
                new Passwords(passwords),
                Path.of("cluster/config"),
                Path.of("cluster/known_hosts"));
    }

    /** One stateless service with one container on the given hosts. */
    public static DesiredService service(String name, String content, Integer port, Host... hosts) {
        Map<Host, List<DesiredContainer>> containers = new java.util.LinkedHashMap<>();
        for (Host host : hosts) {
            containers.put(host, List.of(container(name, content)));
        }
        return new DesiredService(
                name,
                name,
                "stateless",
                List.of(),
                containers,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(port),
                List.of(),
                Variables.NONE,
                Upgrade.NONE);
    }

    public static Deployment deployment(Map<String, String> passwords, DesiredService... services) {
        return new Deployment(
                cluster(passwords),
                List.of(services),
                List.of(List.of(services).stream().map(DesiredService::name).toList()),
                "192.0.2.100",
                List.of());
    }
}
