package kolla.runbooks.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.Gap;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {

    private static final String SERVICE =
            """
            name: web
            title: Web
            kind: stateless
            group: web
            enabled: "yes"
            defaults:
              web_port: 80
            containers:
              - name: web
                image: web
                command: web
                files:
                  - {name: web.conf, dest: /etc/web.conf, owner: web, perm: "0600"}
            """;

    private static final String FILE =
            "- {name: web.conf, dest: /etc/web.conf, owner: web, perm: \"0600\"}";

    private final Map<String, String> files =
            new LinkedHashMap<>(
                    Map.of(
                            "defaults.yml", "variables:\n  openstack_release: zed\n",
                            "releases/zed.yml", "web_command: web\n",
                            "web/service.yml", SERVICE,
                            "web/web.conf.j2", "port = {{ web_port }}\n"));

    private List<Gap> gaps() {
        DefinitionException refusal =
                catchThrowableOfType(DefinitionException.class, () -> CatalogReader.read(files));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal.gaps();
    }

    private void change(String from, String to) {
        assertThat(SERVICE).contains(from);
        files.put("web/service.yml", SERVICE.replace(from, to));
    }

    @Test
    void readsAServiceWithItsDefaultsAndTemplates() {
        Catalog catalog = CatalogReader.read(files);

        assertThat(catalog.service("web"))
                .hasValueSatisfying(
                        s -> {
                            assertThat(s.containers())
                                    .singleElement()
                                    .satisfies(
                                            c ->
                                                    assertThat(c.files())
                                                            .extracting(FileDefinition::template)
                                                            .containsExactly("web.conf.j2"));
                            assertThat(s.enabled().line()).isEqualTo(5);
                        });
        assertThat(catalog.defaults()).containsKeys("openstack_release", "web_port");
        assertThat(catalog.releases()).containsOnlyKeys("zed");
    }

    @Test
    void readsTheShippedCatalogue() {
        Catalog catalog = CatalogReader.read(Path.of("..", "config-templates"));

        assertThat(catalog.services())
                .extracting(ServiceDefinition::name)
                .contains("loadbalancer", "memcached", "mariadb", "rabbitmq", "keystone");
        assertThat(catalog.releases()).containsKeys("zed", "2025.1");
    }

    @Test
    void refusesUnknownKeysWithTheirLineAndTheKeysThatThereAre() {
        change("title: Web", "titel: Web");

        assertThat(gaps())
                .anySatisfy(
                        gap -> {
                            assertThat(gap.line()).isEqualTo(2);
                            assertThat(gap.file().toString()).endsWith("web/service.yml");
                            assertThat(gap.what())
                                    .contains("titel is not known", "after", "containers", "title");
                        })
                .anySatisfy(gap -> assertThat(gap.what()).contains("title is missing"));
    }

    @Test
    void refusesUnknownKeysInDepth() {
        change("    command: web", "    command: web\n    privilged: \"yes\"");

        assertThat(gaps())
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.line()).isEqualTo(12);
                            assertThat(gap.what())
                                    .contains("containers[0].privilged", "privileged");
                        });
    }

    @Test
    void refusesAMappingWhereOneValueBelongs() {
        change("image: web", "image: {name: web}");

        assertThat(gaps())
                .anySatisfy(gap -> assertThat(gap.what()).contains("image must be a single value"));
    }

    @Test
    void refusesAContainerFileWithoutItsTemplate() {
        files.remove("web/web.conf.j2");

        assertThat(gaps())
                .singleElement()
                .satisfies(
                        gap ->
                                assertThat(gap.what())
                                        .contains("\"web.conf\" has no template web/web.conf.j2"));
    }

    @Test
    void refusesATemplateThatNothingUses() {
        files.put("web/forgotten.conf.j2", "");

        assertThat(gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.file().toString()).endsWith("forgotten.conf.j2"));
    }

    @Test
    void refusesADestinationWithoutOwnerAndMode() {
        change(FILE, "- {name: web.conf, dest: /etc/web.conf}");

        assertThat(gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.what()).contains("owner and perm"));
    }

    @Test
    void refusesAMergeThatItDoesNotKnow() {
        change("perm: \"0600\"}", "perm: \"0600\", merge: yaml}");

        assertThat(gaps())
                .singleElement()
                .satisfies(
                        gap -> assertThat(gap.what()).contains("\"yaml\"", "oslo", "properties"));
    }

    @Test
    void refusesTwoDefaultsOfOneName() {
        files.put("defaults.yml", "variables:\n  web_port: 8080\n");

        assertThat(gaps())
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.line()).isEqualTo(7);
                            assertThat(gap.what()).contains("web_port", "defaults.yml:2");
                        });
    }

    @Test
    void refusesADependencyOnAServiceThatThereIsNot() {
        change("group: web", "group: web\nafter: [database]");

        assertThat(gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.what()).contains("\"database\""));
    }

    @Test
    void refusesServicesThatWaitForEachOther() {
        change("group: web", "group: web\nafter: [db]");
        files.put(
                "db/service.yml",
                "{name: db, title: Database, kind: stateless, group: db, enabled: \"yes\", after:"
                        + " [web]}");

        assertThat(gaps())
                .hasSize(2)
                .allSatisfy(gap -> assertThat(gap.what()).contains("web", "db"));
    }

    @Test
    void refusesAJobOfAContainerThatThereIsNot() {
        files.put(
                "web/service.yml",
                SERVICE
                        + "bootstrap:\n"
                        + "  - {name: job, container: wev, environment: {}, timeout: 5}\n");

        assertThat(gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.what()).contains("\"wev\"", "web"));
    }

    @Test
    void refusesANameThatIsNotTheFolders() {
        change("name: web\ntitle", "name: site\ntitle");

        assertThat(gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.what()).contains("\"site\""));
    }

    @Test
    void saysWhereAFileIsNoYaml() {
        files.put("web/service.yml", "name: web\n\tkind: x\n");

        assertThat(gaps())
                .singleElement()
                .satisfies(
                        gap -> {
                            assertThat(gap.line()).isEqualTo(2);
                            assertThat(gap.what()).contains("YAML");
                        });
    }

    @Test
    void refusesAnEmptyFile() {
        files.put("web/service.yml", "# nothing yet\n");

        assertThat(gaps()).isNotEmpty();
    }

    @Test
    void reportsTheFaultsOfAllFilesAtOnce() {
        change("kind: stateless", "knd: stateless");
        files.put("defaults.yml", "variabels: {}\n");
        files.put("releases/zed.yml", "a: [\n");

        assertThat(gaps().stream().map(g -> g.file().getFileName().toString()))
                .contains("service.yml", "defaults.yml", "zed.yml");
    }
}
