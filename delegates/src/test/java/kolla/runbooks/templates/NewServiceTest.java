package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kolla.runbooks.catalog.CatalogReader;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stateless API service is a folder of the catalogue and nothing else. */
class NewServiceTest {

    @TempDir Path folder;

    private Deployment deployment;

    @BeforeEach
    void addAFolder() throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.putAll(read(Path.of("..", "config-templates")));
        contents.putAll(read(Path.of("src", "test", "resources", "catalog-with-placement")));
        ClusterFixture fixture = new ClusterFixture(folder, CatalogReader.read(contents));
        fixture.groups.put("placement", List.of("ctl1", "ctl2"));
        fixture.passwords.put("placement_database_password", "pdb");
        fixture.passwords.put("placement_keystone_password", "pks");
        deployment = fixture.render();
    }

    private static Map<String, String> read(Path root) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void itIsRolledOutAfterKeystone() {
        assertThat(deployment.waves()).endsWith(List.of("placement"));
        assertThat(deployment.service("placement").kind()).isEqualTo("stateless");
    }

    @Test
    void itGetsItsContainersFilesAndAccounts() {
        DesiredService placement = deployment.service("placement");

        assertThat(placement.hosts()).extracting(Object::toString).containsExactly("ctl1", "ctl2");
        assertThat(Rendered.ini(Rendered.file(deployment, "ctl1", "placement_api/placement.conf")))
                .containsEntry(
                        "placement_database.connection",
                        "mysql+pymysql://placement:pdb@10.0.0.100/placement");
        assertThat(placement.database()).isPresent();
        assertThat(placement.endpoint())
                .hasValueSatisfying(
                        e -> assertThat(e.passwordKey()).isEqualTo("placement_keystone_password"));
        assertThat(placement.bootstrap()).hasSize(1);
    }

    @Test
    void itIsBehindTheLoadBalancerOnEveryHost() {
        for (String host : List.of("ctl1", "ctl2", "ctl3")) {
            assertThat(
                            Rendered.haproxy(
                                            Rendered.file(deployment, host, "haproxy/services.cfg"))
                                    .get("backend placement_internal"))
                    .contains("server ctl1 10.0.0.11:8780 check inter 2000 rise 2 fall 5")
                    .noneMatch(l -> l.startsWith("server ctl3"));
        }
    }
}
