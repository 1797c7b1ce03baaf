package kolla.runbooks.hosts.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import kolla.runbooks.hosts.ssh.JumpHost.Hop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JumpHostTest {

    @ParameterizedTest
    @CsvSource({
        "gate,             me,   gate,    22",
        "joe@gate,         joe,  gate,    22",
        "joe@gate:2222,    joe,  gate,    2222",
        "[2001:db8::1]:22, me,   2001:db8::1, 22",
        "10.0.0.1:2200,    me,   10.0.0.1, 2200",
    })
    void readsUserAddressAndPort(String text, String user, String address, int port) {
        assertThat(JumpHost.parse(Optional.of(text), "me"))
                .containsExactly(new Hop(user, address, port));
    }

    @Test
    void readsSeveralHopsFirstOneFirst() {
        assertThat(JumpHost.parse(Optional.of("a, joe@b:23"), "me"))
                .containsExactly(new Hop("me", "a", 22), new Hop("joe", "b", 23));
    }

    @Test
    void hasNoHopsWithoutAJumpHost() {
        assertThat(JumpHost.parse(Optional.empty(), "me")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:port", "@gate", "-o ProxyCommand=id"})
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> JumpHost.parse(Optional.of(text), "me"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }
}
