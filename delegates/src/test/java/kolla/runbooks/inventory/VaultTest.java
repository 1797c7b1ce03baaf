package kolla.runbooks.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

    private static final String HEADER = "$ANSIBLE_VAULT;1.1;AES256";

    @Property(tries = 30)
    void opensWhatWasEncryptedWithTheSamePassword(
            @ForAll String text, @ForAll @NotEmpty String password) {
        String utf8 =
                new String(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(Vault.open(VaultFixture.encrypt(utf8, password, HEADER), password))
                .isEqualTo(utf8);
    }

    @Test
    void opensTheLabelledFormat() {
        String vault = VaultFixture.encrypt("a: b\n", "pw", "$ANSIBLE_VAULT;1.2;AES256;prod");
        assertThat(Vault.open(vault, "pw")).isEqualTo("a: b\n");
    }

    @Test
    void refusesAWrongPassword() {
        String vault = VaultFixture.encrypt("a: b\n", "pw", HEADER);
        assertThatThrownBy(() -> Vault.open(vault, "other"))
                .hasMessage("the vault's password does not open it, or it is damaged");
    }

    @Test
    void refusesADamagedText() {
        assertThatThrownBy(() -> Vault.open(HEADER + "\nzz\n", "pw"))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> Vault.open(HEADER + "\n3132\n", "pw"))
                .hasMessageContaining("three parts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$ANSIBLE_VAULT;1.0;AES", "$ANSIBLE_VAULT;1.1;AES", "$ANSIBLE_VAULT;2"})
    void refusesOtherFormatsAndNamesThoseItReads(String header) {
        assertThatThrownBy(() -> Vault.open(header + "\n00\n", "pw"))
                .hasMessageContaining(header)
                .hasMessageContaining("$ANSIBLE_VAULT;1.1;AES256");
    }
}
