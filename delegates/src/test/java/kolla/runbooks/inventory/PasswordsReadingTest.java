package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsReadingTest {

    private static final String HEADER = "$ANSIBLE_VAULT;1.1;AES256";

    @TempDir Path folder;
    private Definition definition;

    @BeforeEach
    void start() {
        definition = new Definition(folder);
    }

    private Passwords passwords() {
        return definition.read().passwords();
    }

    @Test
    void readsPasswordsAndKeyPairs() {
        definition.file(
                "passwords.yml",
                "---",
                "database_password: s3cret",
                "number: 12345",
                "empty:",
                "nova_ssh_key:",
                "  private_key: |",
                "    line 1",
                "    line 2",
                "  public_key: ssh-rsa AAA");
        assertThat(passwords().find("database_password")).contains("s3cret");
        assertThat(passwords().find("number")).contains("12345");
        assertThat(passwords().find("empty")).isEmpty();
        assertThat(passwords().find("nova_ssh_key.private_key")).contains("line 1\nline 2\n");
        assertThat(passwords().find("nova_ssh_key.public_key")).contains("ssh-rsa AAA");
    }

    @Test
    void passwordsMayReferToOneAnother() {
        definition.file("passwords.yml", "a: s3cret", "b: \"{{ a }}\"");
        assertThat(passwords().find("b")).contains("s3cret");
    }

    @Test
    void opensAVault() {
        definition
                .file("passwords.yml", VaultFixture.encrypt("a: s3cret\n", "pw", HEADER))
                .file(".vault_pass", "pw\n");
        assertThat(passwords().find("a")).contains("s3cret");
    }

    @Test
    void opensSingleValues() {
        String vault = VaultFixture.encrypt("s3cret", "pw", HEADER).strip();
        definition
                .file("passwords.yml", "a: !vault |", "  " + vault.replace("\n", "\n  "), "b: c")
                .file(".vault_pass", "pw\n");
        assertThat(passwords().find("a")).contains("s3cret");
        assertThat(passwords().find("b")).contains("c");
    }

    @Test
    void takesTheVaultsPasswordFromWhereTheEnvironmentOrAnsibleSays() {
        definition.file("passwords.yml", VaultFixture.encrypt("a: s3cret\n", "pw", HEADER));
        definition.file("secret/vault", "pw");
        definition.environment.put("ANSIBLE_VAULT_PASSWORD_FILE", folder + "/secret/vault");
        assertThat(passwords().find("a")).contains("s3cret");
        definition.environment.clear();
        definition.file("ansible.cfg", "[defaults]", "vault_password_file = secret/vault");
        assertThat(passwords().find("a")).contains("s3cret");
    }

    @Test
    void saysWhereTheVaultsPasswordMustBe() {
        definition.file("passwords.yml", VaultFixture.encrypt("a: b\n", "pw", HEADER));
        assertThat(definition.gaps())
                .singleElement()
                .asString()
                .startsWith(
                        "passwords.yml:1: it is encrypted with ansible-vault; write its password");
        definition.file(".vault_pass", "wrong");
        assertThat(definition.gaps())
                .containsExactly(
                        "passwords.yml:1: the vault's password does not open it, or it is damaged");
        definition.file(".vault_pass", " \n");
        assertThat(definition.gaps()).singleElement().asString().contains("is empty");
        assertThat(folder.resolve(".vault_pass").toFile().setExecutable(true)).isTrue();
        assertThat(definition.gaps()).singleElement().asString().contains("is executable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "a: 0123 => passwords.yml:1: a: YAML takes the value for a number",
                "a: yes => passwords.yml:1: a: YAML takes the value for a number or a yes or no",
                "a: 1_000 => passwords.yml:1: a: YAML takes the value for a number",
                "a: 10:20 => passwords.yml:1: a: YAML takes the value for a number",
                "a: [hunter2] => passwords.yml:1: a: a list is no password",
                "a: 'hunter2 => passwords.yml:2: no valid YAML",
                "a: {{ hunter2 }} => passwords.yml:1: a key must be plain text",
                "a: '{{ lookup(\"env\", \"HUNTER\") }}' => passwords.yml:1: a: the function",
            })
    void reportsWhatIsWrongAndNeverTheValue(String text, String gap) {
        definition.file("passwords.yml", text, "");
        assertThat(definition.gaps()).anySatisfy(g -> assertThat(g).contains(gap));
        assertThat(definition.gaps()).noneMatch(g -> g.contains("hunter2"));
    }

    @Test
    void neverPrintsAValue() {
        definition.file("passwords.yml", "a: s3cret");
        assertThat(passwords().toString()).isEqualTo("Passwords[a]");
        assertThat(definition.read().toString()).doesNotContain("s3cret");
    }
}
