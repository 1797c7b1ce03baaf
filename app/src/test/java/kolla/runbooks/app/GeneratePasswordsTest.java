package kolla.runbooks.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratePasswordsTest {

    @TempDir private Path folder;

    @Test
    void makesAFileWithEveryKeyFilled() throws IOException {
        Path file = folder.resolve("passwords.yml");

        assertThat(GeneratePasswords.run(List.of(file.toString()))).isZero();

        assertThat(Files.readString(file))
                .containsPattern("(?m)^database_password: \\S{20,}$")
                .containsPattern("(?m)^keystone_admin_password: \\S{20,}$")
                .containsPattern("(?m)^docker_registry_password:\\s*$");
    }

    @Test
    void leavesWhatIsThere() throws IOException {
        Path file = folder.resolve("passwords.yml");
        Files.writeString(file, "database_password: mine\nrabbitmq_password:\n");

        assertThat(GeneratePasswords.run(List.of(file.toString()))).isZero();

        assertThat(Files.readString(file))
                .contains("database_password: mine")
                .containsPattern("(?m)^rabbitmq_password: \\S{20,}$");
    }

    @Test
    void saysHowItIsCalled() throws IOException {
        assertThat(GeneratePasswords.run(List.of())).isEqualTo(2);
    }
}
