package kolla.runbooks.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.CatalogReader;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Expression;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;

/** Three controllers as a minimal multinode inventory has them, to be changed by each test. */
final class ClusterFixture {

    private static final Catalog SHIPPED = CatalogReader.read(Path.of("..", "config-templates"));

    final Map<String, Object> globals = new LinkedHashMap<>();
    final Map<String, String> passwords = new LinkedHashMap<>();
    final Map<String, String> addresses = new LinkedHashMap<>();
    final Map<String, Map<String, Object>> hostVariables = new LinkedHashMap<>();
    final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final Path folder;
    private final Catalog catalog;

    ClusterFixture(Path folder) {
        this(folder, SHIPPED);
    }

    ClusterFixture(Path folder, Catalog catalog) {
        this.folder = folder;
        this.catalog = catalog;
        globals.put("openstack_release", "zed");
        globals.put("kolla_base_distro", "debian");
        globals.put("kolla_base_distro_version", "bookworm");
        globals.put("docker_registry", "registry.example:5000");
        globals.put("docker_namespace", "kolla");
        globals.put("kolla_internal_vip_address", "10.0.0.100");
        addresses.put("ctl1", "10.0.0.11");
        addresses.put("ctl2", "10.0.0.12");
        addresses.put("ctl3", "10.0.0.13");
        for (String group :
                List.of("loadbalancer", "mariadb", "rabbitmq", "memcached", "keystone")) {
            groups.put(group, List.copyOf(addresses.keySet()));
        }
        for (String key :
                List.of(
                        "database_password",
                        "mariadb_monitor_password",
                        "rabbitmq_password",
                        "rabbitmq_cluster_cookie",
                        "keystone_database_password",
                        "keepalived_password",
                        "haproxy_password")) {
            passwords.put(key, "secretof" + key.replace("_", ""));
        }
    }

    ClusterFixture with(String global, Object value) {
        globals.put(global, Expression.mark(value, folder.resolve("globals.yml"), 1));
        return this;
    }

    ClusterFixture override(String path, String content) {
        Path file = folder.resolve("config").resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Cluster cluster() {
        List<Host> hosts = new ArrayList<>();
        addresses.forEach(
                (name, address) ->
                        hosts.add(
                                new Host(
                                        name,
                                        new Login(
                                                address,
                                                22,
                                                "root",
                                                false,
                                                Optional.empty(),
                                                Optional.empty()),
                                        new Variables(
                                                hostVariables.getOrDefault(name, Map.of())))));
        return new Cluster(
                "test",
                folder,
                new Inventory(hosts, groups),
                new Variables(globals),
                new Passwords(passwords),
                folder.resolve("config"),
                folder.resolve("known_hosts"));
    }

    Deployment render() {
        return new RenderedDeployments(catalog).render(cluster());
    }
}
