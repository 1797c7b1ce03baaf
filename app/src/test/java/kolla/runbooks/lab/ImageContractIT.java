package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The images keep Kolla's runtime contract: every key of {@code config.json}, start, jobs and
 * health scripts. The checks themselves run inside the images, see {@code images/base/conformance}.
 */
class ImageContractIT {

    private static final Path ROOT =
            Path.of(System.getProperty("runbooks.root", "..")).toAbsolutePath().normalize();

    @BeforeAll
    static void imagesAreBuilt() {
        Lab.up();
    }

    @Test
    void theBaseImageKeepsTheContract() throws Exception {
        assertPasses("images/base/conformance/run");
    }

    @Test
    void mariadbBootstrapsByTheContract() throws Exception {
        assertPasses("images/conformance", "mariadb-server");
    }

    @Test
    void theHealthResponderAnswersByTheContract() throws Exception {
        assertPasses("images/conformance", "mariadb-clustercheck");
    }

    private static void assertPasses(String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve(script).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
    }
}
