package kolla.runbooks.galera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountLoginTest {

    private static final String OLD = "*CD02AC33DE7D3D2AFEDF5F2BAB51B07CDB499E79";
    private static final String NEW = "*6FE2B845E049CDA9EFED8CFAF265CD29622FD852";

    /** As MariaDB 10.11 prints them and hashes these two words. */
    @Test
    void readsOnePasswordAndSeveral() {
        assertThat(AccountLogin.parse("CREATE USER `k`@`%` IDENTIFIED BY PASSWORD '" + OLD + "'"))
                .contains(new AccountLogin(List.of(OLD)));
        assertThat(
                        AccountLogin.parse(
                                "CREATE USER `k`@`%` IDENTIFIED VIA mysql_native_password USING '"
                                        + OLD
                                        + "' OR mysql_native_password USING '"
                                        + NEW
                                        + "'"))
                .contains(new AccountLogin(List.of(OLD, NEW)));
        assertThat(AccountLogin.hash("old")).isEqualTo(OLD);
        assertThat(AccountLogin.hash("new")).isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER `k`@`%` IDENTIFIED VIA unix_socket",
                "CREATE USER `k`@`%` IDENTIFIED VIA mysql_native_password USING 'invalid' OR"
                        + " unix_socket",
                "CREATE USER `k`@`%` IDENTIFIED VIA mysql_native_password USING"
                        + " '*CD02AC33DE7D3D2AFEDF5F2BAB51B07CDB499E79' OR unix_socket",
                "CREATE USER `k`@`%` IDENTIFIED VIA ed25519 USING 'abc'",
                "CREATE USER `k`@`%`",
                ""
            })
    void anAccountThatLogsInOtherwiseIsNotTouched(String created) {
        assertThat(AccountLogin.parse(created)).isEmpty();
    }

    @Test
    void limitsOfTheAccountAreNoPartOfItsLogin() {
        assertThat(
                        AccountLogin.parse(
                                "CREATE USER `k`@`%` IDENTIFIED BY PASSWORD '"
                                        + OLD
                                        + "' REQUIRE SSL WITH MAX_USER_CONNECTIONS 5"))
                .contains(new AccountLogin(List.of(OLD)));
    }

    @Test
    void aNewPasswordComesBesideTheOldOne() {
        AccountLogin both = new AccountLogin(List.of(OLD)).and("new");

        assertThat(both.takes("old")).isTrue();
        assertThat(both.takes("new")).isTrue();
        assertThat(both.takesOnly("new")).isFalse();
        assertThat(both.alter("'k'@'%'"))
                .isEqualTo(
                        "ALTER USER 'k'@'%' IDENTIFIED VIA mysql_native_password USING '"
                                + OLD
                                + "' OR mysql_native_password USING '"
                                + NEW
                                + "';");
    }

    @Test
    void twoChangesInARowForgetNoPasswordThatAHostMayHave() {
        AccountLogin three = new AccountLogin(List.of(OLD)).and("new").and("newer");

        assertThat(List.of("old", "new", "newer")).allMatch(three::takes);
    }

    @Test
    void inTheEndOnlyTheNewOneIsLeft() {
        assertThat(AccountLogin.only("new").takesOnly("new")).isTrue();
        assertThat(AccountLogin.only("new").takes("old")).isFalse();
    }
}
