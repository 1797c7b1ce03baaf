package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.DatabaseAccount;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.containers.ContainerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderedDeploymentsTest {

    @TempDir Path folder;

    @Test
    void rendersEveryServiceOnEveryHostOfItsGroup() {
        Deployment deployment = new ClusterFixture(folder).render();

        assertThat(deployment.services())
                .extracting(DesiredService::name)
                .containsExactlyInAnyOrder(
                        "loadbalancer", "memcached", "mariadb", "rabbitmq", "keystone");
        assertThat(deployment.services())
                .allSatisfy(
                        s -> {
                            assertThat(s.hosts())
                                    .extracting(Object::toString)
                                    .containsExactly("ctl1", "ctl2", "ctl3");
                            assertThat(s.on(s.hosts().get(0))).isNotEmpty();
                        });
        assertThat(deployment.vip()).isEqualTo("10.0.0.100");
    }

    @Test
    void putsServicesIntoWavesByWhatTheyDependOn() {
        assertThat(new ClusterFixture(folder).render().waves())
                .containsExactly(
                        List.of("loadbalancer", "memcached"),
                        List.of("mariadb", "rabbitmq"),
                        List.of("keystone"));
    }

    @Test
    void startsTheContainersOfAHostInTheOrderOfTheDefinition() {
        DesiredService balancer = new ClusterFixture(folder).render().service("loadbalancer");

        assertThat(balancer.on(balancer.hosts().get(0)))
                .extracting(c -> c.spec().name())
                .containsExactly("haproxy", "keepalived");
    }

    @Test
    void followsKollasConventionsForContainers() {
        ContainerSpec spec =
                Rendered.container(new ClusterFixture(folder).render(), "mariadb", "ctl2").spec();

        assertThat(spec.image())
                .isEqualTo("registry.example:5000/kolla/mariadb-server:zed-debian-bookworm");
        assertThat(spec.environment())
                .containsEntry("KOLLA_CONFIG_STRATEGY", "COPY_ALWAYS")
                .containsEntry("KOLLA_SERVICE_NAME", "mariadb");
        assertThat(spec.labels()).containsEntry("kolla_service", "mariadb");
        assertThat(spec.restartPolicy()).isEqualTo("unless-stopped");
        assertThat(spec.volumes())
                .anySatisfy(
                        v ->
                                assertThat(v)
                                        .matches(
                                                "/etc/kolla/mariadb/?:/var/lib/kolla/config_files/?:ro"));
        assertThat(spec.volumes())
                .anySatisfy(v -> assertThat(v).matches("kolla_logs:/var/log/kolla/?"));
        assertThat(spec.volumes()).contains("mariadb:/var/lib/mysql");
        assertThat(spec.health())
                .hasValueSatisfying(
                        h -> {
                            assertThat(h.command())
                                    .containsExactly(
                                            "CMD-SHELL",
                                            "healthcheck.sh --connect --galera_online");
                            assertThat(h.interval()).isEqualTo(Duration.ofSeconds(30));
                            assertThat(h.retries()).isEqualTo(3);
                            assertThat(h.startPeriod()).isEqualTo(Duration.ofMinutes(2));
                        });
    }

    @Test
    void hasNoHealthChecksWhereTheyAreTurnedOff() {
        Deployment deployment =
                new ClusterFixture(folder).with("enable_container_healthchecks", "no").render();

        assertThat(Rendered.container(deployment, "mariadb", "ctl1").spec().health()).isEmpty();
    }

    @Test
    void putsNoSecretIntoTheEnvironmentOfALastingContainer() {
        ClusterFixture fixture = new ClusterFixture(folder);

        for (DesiredService service : fixture.render().services()) {
            service.containers().values().stream()
                    .flatMap(List::stream)
                    .forEach(
                            c ->
                                    assertThat(c.spec().environment().values())
                                            .noneMatch(fixture.passwords.values()::contains));
        }
    }

    @Test
    void givesJobsTheirSecrets() {
        DesiredService mariadb = new ClusterFixture(folder).render().service("mariadb");

        assertThat(mariadb.bootstrap())
                .singleElement()
                .satisfies(
                        job -> {
                            assertThat(job.name()).isEqualTo("bootstrap_mariadb");
                            assertThat(job.container()).isEqualTo("mariadb");
                            assertThat(job.perHost()).isFalse();
                            assertThat(job.environment())
                                    .containsEntry("KOLLA_BOOTSTRAP", "")
                                    .containsEntry("DB_ROOT_PASSWORD", "secretofdatabasepassword");
                        });
        assertThat(new ClusterFixture(folder).render().service("rabbitmq").bootstrap())
                .singleElement()
                .satisfies(job -> assertThat(job.perHost()).isTrue());
    }

    @Test
    void writesEveryFileBelowEtcKollaForRootAlone() {
        Deployment deployment = new ClusterFixture(folder).render();

        for (DesiredService service : deployment.services()) {
            for (List<DesiredContainer> containers : service.containers().values()) {
                for (DesiredContainer container : containers) {
                    String below = "/etc/kolla/" + container.spec().name() + "/";
                    assertThat(container.files())
                            .extracting(DesiredFile::path)
                            .allMatch(p -> p.startsWith(below))
                            .contains(below + "config.json");
                    assertThat(container.files())
                            .allSatisfy(
                                    f -> {
                                        assertThat(f.mode()).isEqualTo(0660);
                                        assertThat(f.owner()).isEqualTo("root:root");
                                        assertThat(f.content()).endsWith("\n");
                                    });
                }
            }
        }
    }

    @Test
    void namesOnlyFilesThatAreThereInConfigJsonAndAlwaysOwnerAndPerm() throws Exception {
        Map<String, String> files = Rendered.files(new ClusterFixture(folder).render());
        ObjectMapper json = new ObjectMapper();

        for (String config :
                files.keySet().stream().filter(f -> f.endsWith("/config.json")).toList()) {
            JsonNode root = json.readTree(files.get(config));
            assertThat(root.path("command").asText()).isNotBlank();
            for (JsonNode file : root.path("config_files")) {
                String name =
                        file.path("source").asText().replace("/var/lib/kolla/config_files/", "");
                assertThat(files).containsKey(config.replace("config.json", name));
                assertThat(file.path("owner").asText()).isNotBlank();
                assertThat(file.path("perm").asText()).matches("0[0-7]{3}");
            }
        }
    }

    @Test
    void keepsSecretsToTheUserOfTheService() throws Exception {
        ClusterFixture fixture = new ClusterFixture(folder);
        Map<String, String> files = Rendered.files(fixture.render());
        ObjectMapper json = new ObjectMapper();

        files.forEach(
                (path, content) -> {
                    if (fixture.passwords.values().stream().anyMatch(content::contains)) {
                        String folderOf = path.substring(0, path.indexOf('/') + 1);
                        String name = path.substring(folderOf.length());
                        JsonNode entry = read(json, files.get(folderOf + "config.json"), name);
                        assertThat(entry.path("perm").asText()).as(path).isEqualTo("0600");
                    }
                });
    }

    private static JsonNode read(ObjectMapper json, String config, String name) {
        try {
            for (JsonNode file : json.readTree(config).path("config_files")) {
                if (file.path("source").asText().endsWith("/" + name)) {
                    return file;
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new AssertionError(name + " is not in config.json");
    }

    @Test
    void leavesOutWhatIsNotEnabledAndWaitsForItNowhere() {
        Deployment deployment =
                new ClusterFixture(folder).with("enable_loadbalancer", "no").render();

        assertThat(deployment.find("loadbalancer")).isEmpty();
        assertThat(deployment.waves().get(0)).contains("mariadb", "memcached", "rabbitmq");
        assertThat(deployment.service("keystone").after()).containsExactly("mariadb", "memcached");
    }

    @Test
    void pinsOneImageTheWaysThatKollaDoes() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .with("keystone_tag", "2023.1-debian-bookworm")
                        .with(
                                "mariadb_clustercheck_image_full",
                                "elsewhere.example/check@sha256:00")
                        .render();

        assertThat(Rendered.container(deployment, "keystone", "ctl1").spec().image())
                .isEqualTo("registry.example:5000/kolla/keystone:2023.1-debian-bookworm");
        assertThat(Rendered.container(deployment, "mariadb_clustercheck", "ctl1").spec().image())
                .isEqualTo("elsewhere.example/check@sha256:00");
    }

    @Test
    void takesTheCommandsOfTheRelease() {
        Deployment zed = new ClusterFixture(folder).render();
        Deployment epoxy = new ClusterFixture(folder).with("openstack_release", "2025.1").render();

        assertThat(Rendered.file(zed, "ctl1", "mariadb/config.json"))
                .contains("/usr/bin/mysqld_safe");
        assertThat(Rendered.file(epoxy, "ctl1", "mariadb/config.json"))
                .contains("/usr/bin/mariadbd-safe");
    }

    @Test
    void letsLaterLayersWin() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.hostVariables.put(
                "ctl1", Map.of("memcached_max_memory", "100", "memcached_connection_limit", "77"));
        fixture.with("memcached_connection_limit", "88");
        Deployment deployment = fixture.render();

        assertThat(Rendered.file(deployment, "ctl1", "memcached/config.json"))
                .contains("-c 88 -U 0 -m 100");
        assertThat(Rendered.file(deployment, "ctl2", "memcached/config.json"))
                .contains("-c 88 -U 0 -m 256");
    }

    @Test
    void evaluatesGlobalsThatAskForDefaultsOfTheCatalogue() {
        Deployment deployment =
                new ClusterFixture(folder)
                        .with("keystone_api_workers", "{{ openstack_service_workers | int + 3 }}")
                        .render();

        assertThat(Rendered.ini(Rendered.file(deployment, "ctl1", "keystone/keystone-uwsgi.ini")))
                .containsEntry("uwsgi.processes", "5");
    }

    @Test
    void takesTheAddressThatTheInventorySaysForAHost() {
        ClusterFixture fixture = new ClusterFixture(folder);
        fixture.hostVariables.put("ctl2", Map.of("api_interface_address", "10.9.9.12"));
        Deployment deployment = fixture.render();

        assertThat(Rendered.file(deployment, "ctl2", "memcached/config.json"))
                .contains("-l 10.9.9.12");
        assertThat(Rendered.file(deployment, "ctl1", "mariadb/galera.cnf"))
                .contains("gcomm://10.0.0.11:4567,10.9.9.12:4567,10.0.0.13:4567");
    }

    @Test
    void tellsAccountsAndPortsToTheRollout() {
        Deployment deployment = new ClusterFixture(folder).render();
        DesiredService keystone = deployment.service("keystone");

        assertThat(keystone.database())
                .contains(
                        new DatabaseAccount("keystone", "keystone", "keystone_database_password"));
        assertThat(keystone.endpoint())
                .hasValueSatisfying(
                        e -> assertThat(e.internalUrl()).isEqualTo("http://10.0.0.100:5000"));
        assertThat(keystone.ports()).containsExactly(5000);
        assertThat(deployment.service("memcached").internalPorts()).containsExactly(11211);
        assertThat(deployment.service("rabbitmq").broker())
                .hasValueSatisfying(b -> assertThat(b.user()).isEqualTo("openstack"));
    }

    @Test
    void tellsSettingsThatHoldForTheWholeClusterAndNoOthers() {
        ClusterFixture fixture = new ClusterFixture(folder);
        DesiredService mariadb = fixture.render().service("mariadb");

        assertThat(mariadb.settings().integer("mariadb_clustercheck_port", 0)).isEqualTo(4569);
        assertThat(mariadb.settings().truth("om_enable_rabbitmq_high_availability", false))
                .isTrue();
        assertThat(mariadb.settings().raw("api_interface_address")).isEmpty();
        assertThat(mariadb.settings().values().values())
                .noneMatch(fixture.passwords.values()::contains);
    }

    @Test
    void notesWhatIsAskedForAndNotServed() {
        ClusterFixture fixture =
                new ClusterFixture(folder).with("enable_cinder", "yes").with("enable_heat", "no");

        assertThat(fixture.render().notes())
                .singleElement()
                .satisfies(n -> assertThat(n).contains("enable_cinder"));
    }

    @Test
    void givesTheSameResultTwice() {
        ClusterFixture fixture = new ClusterFixture(folder);

        assertThat(fixture.render()).isEqualTo(fixture.render());
    }
}
