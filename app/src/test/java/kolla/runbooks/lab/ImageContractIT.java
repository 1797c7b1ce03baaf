package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The images of both releases keep Kolla's runtime contract: every key of {@code config.json},
 * start, jobs and health scripts. The checks themselves run inside the images, see {@code
 * images/base/conformance}.
 */
class ImageContractIT {

    private static final Path ROOT =
            Path.of(System.getProperty("runbooks.root", "..")).toAbsolutePath().normalize();

    @BeforeAll
    static void imagesOfBothReleasesAreBuilt() {
        Lab.up().run("release", "2025.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "base:trixie"})
    void theBaseImageKeepsTheContract(String image) throws Exception {
        assertPasses("base", image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb-server", "mariadb-server:trixie"})
    void mariadbBootstrapsAndUpgradesByTheContract(String image) throws Exception {
        assertPasses("mariadb-server", image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb-clustercheck", "mariadb-clustercheck:trixie"})
    void theHealthResponderAnswersByTheContract(String image) throws Exception {
        assertPasses("mariadb-clustercheck", image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keystone", "keystone:trixie"})
    void keystoneChangesItsSchemaByTheContract(String image) throws Exception {
        assertPasses("keystone", image);
    }

    private static void assertPasses(String name, String image)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                ROOT.resolve("images/conformance").toString(),
                                name,
                                "kolla-lab/" + image)
                        .redirectErrorStream(true)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
    }
}
