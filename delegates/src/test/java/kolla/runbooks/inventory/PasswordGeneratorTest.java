package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordGeneratorTest {

    @TempDir Path folder;

    private final PasswordGenerator generator = new PasswordGenerator(new SecureRandom());

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("passwords.yml"), String.join("\n", lines) + "\n");
    }

    private Map<String, String> values() {
        return new Definition(folder, "passwords.yml").read().passwords().values();
    }

    @Test
    void fillsWhatIsEmptyAndKeepsEverythingElse() throws IOException {
        Path file =
                file(
                        "---",
                        "# the database",
                        "database_password:",
                        "kept: s3cret  # mine",
                        "quoted: \"\"   # to fill",
                        "",
                        "tilde: ~");
        assertThat(generator.fill(file, List.of()))
                .containsExactly("database_password", "quoted", "tilde");
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        l -> assertThat(l).isEqualTo("---"),
                        l -> assertThat(l).isEqualTo("# the database"),
                        l -> assertThat(l).matches("database_password: [A-Za-z0-9]{40}"),
                        l -> assertThat(l).isEqualTo("kept: s3cret  # mine"),
                        l -> assertThat(l).matches("quoted: [A-Za-z0-9]{40} +# to fill"),
                        l -> assertThat(l).isEmpty(),
                        l -> assertThat(l).matches("tilde: [A-Za-z0-9]{40}"));
    }

    @Test
    void changesNothingTheSecondTime() throws IOException {
        Path file = file("a:", "b_uuid:", "c_ssh_key:", "  private_key:", "  public_key:");
        generator.fill(file, List.of());
        String first = Files.readString(file);
        assertThat(generator.fill(file, List.of())).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(first);
    }

    @Test
    void makesUuidsAndFernetKeysAndLeavesTheRegistrysPasswordEmpty() throws IOException {
        Path file = file("rbd_secret_uuid:", "barbican_crypto_key:", "docker_registry_password:");
        generator.fill(file, List.of());
        assertThat(UUID.fromString(values().get("rbd_secret_uuid")).version()).isEqualTo(4);
        assertThat(values().get("barbican_crypto_key")).matches("[A-Za-z0-9_-]{43}=");
        assertThat(values().get("docker_registry_password")).isEmpty();
    }

    @Test
    void makesKeyPairs() throws IOException {
        Path file = file("nova_ssh_key:", "  private_key:", "  public_key:", "after:");
        assertThat(generator.fill(file, List.of()))
                .containsExactly("nova_ssh_key.private_key", "nova_ssh_key.public_key", "after");
        assertThat(values().get("nova_ssh_key.private_key"))
                .startsWith("-----BEGIN PRIVATE KEY-----\n")
                .endsWith("\n-----END PRIVATE KEY-----\n");
        assertThat(values().get("nova_ssh_key.public_key")).startsWith("ssh-rsa AAAAB3NzaC1yc2E");
    }

    @Test
    void neverMakesHalfAKeyPair() throws IOException {
        Path file = file("nova_ssh_key:", "  private_key: mine", "  public_key:");
        assertThat(generator.fill(file, List.of())).isEmpty();
    }

    @Test
    void addsWhatIsNeeded() throws IOException {
        Path file = file("a: b");
        assertThat(generator.fill(file, List.of("a", "new_password")))
                .containsExactly("new_password");
        assertThat(values()).containsEntry("a", "b").containsKey("new_password");
    }

    @Test
    void writesForTheOwnerOnlyAndLeavesNothingBeside() throws IOException {
        Path file = file("a:");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        generator.fill(file, List.of());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void keepsSinglyEncryptedValues() throws IOException {
        Path file = file("a: !vault |", "  $ANSIBLE_VAULT;1.1;AES256", "  3132", "b:");
        assertThat(generator.fill(file, List.of())).isEqualTo(Set.of("b"));
        assertThat(Files.readString(file)).startsWith("a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n");
    }

    @Test
    void refusesAnEncryptedFileAndABrokenOne() throws IOException {
        Path vault = file("$ANSIBLE_VAULT;1.1;AES256", "3132");
        assertThatThrownBy(() -> generator.fill(vault, List.of()))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("is encrypted with ansible-vault and is not changed here");
        Path broken = file("a: [");
        assertThatThrownBy(() -> generator.fill(broken, List.of()))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("no valid YAML");
        assertThat(Files.readString(broken)).isEqualTo("a: [\n");
    }
}
