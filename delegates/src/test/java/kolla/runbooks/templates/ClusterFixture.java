package kolla.runbooks.templates;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.CatalogReader;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;

/** Three controllers as a minimal multinode inventory has them, to be changed by each test. */
final class ClusterFixture {

    static final Path CATALOG = Path.of("..", "config-templates");

    final Map<String, Object> globals = new LinkedHashMap<>();
    final Map<String, String> passwords = new LinkedHashMap<>();
    final Map<String, Map<String, Object>> hostVariables = new LinkedHashMap<>();
    final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final List<String> names = List.of("ctl1", "ctl2", "ctl3");
    private final Path folder;

    ClusterFixture(Path folder) {
        this.folder = folder;
        globals.put("openstack_release", "zed");
        globals.put("kolla_base_distro", "debian");
        globals.put("kolla_base_distro_version", "bookworm");
        globals.put("docker_registry", "registry.example:5000");
        globals.put("docker_namespace", "kolla");
        globals.put("kolla_internal_vip_address", "10.0.0.100");
        for (String group :
                List.of(
                        "control",
                        "loadbalancer",
                        "mariadb",
                        "rabbitmq",
                        "memcached",
                        "keystone")) {
            groups.put(group, names);
        }
        for (String key :
                List.of(
                        "database_password",
                        "mariadb_monitor_password",
                        "rabbitmq_password",
                        "rabbitmq_cluster_cookie",
                        "keystone_admin_password",
                        "keystone_database_password",
                        "keepalived_password",
                        "haproxy_password",
                        "memcache_secret_key")) {
            passwords.put(key, "secret-of-" + key);
        }
    }

    Cluster cluster() {
        List<Host> hosts = new ArrayList<>();
        for (String name : names) {
            String address = "10.0.0.1" + name.charAt(name.length() - 1);
            hosts.add(
                    new Host(
                            name,
                            new Login(
                                    address, 22, "root", false, Optional.empty(), Optional.empty()),
                            new Variables(hostVariables.getOrDefault(name, Map.of()))));
        }
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
        return new RenderedDeployments(CatalogReader.read(CATALOG)).render(cluster());
    }

    static DesiredContainer container(Deployment deployment, String service, String name) {
        return container(deployment, service, name, "ctl1");
    }

    static DesiredContainer container(
            Deployment deployment, String service, String name, String host) {
        return deployment
                .service(service)
                .container(deployment.cluster().inventory().host(host), name)
                .orElseThrow();
    }

    /** The content of a file by its name below the container's folder. */
    static String file(DesiredContainer container, String name) {
        String path = "/etc/kolla/" + container.spec().name() + "/" + name;
        return container.files().stream()
                .filter(f -> f.path().equals(path))
                .map(DesiredFile::content)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + path));
    }
}
