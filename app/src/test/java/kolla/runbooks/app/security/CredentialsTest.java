package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void splitsAtTheFirstColonOnly() {
        assertThat(Credentials.parse(basic("ann:a:b"))).contains(new Credentials("ann", "a:b"));
    }

    @Test
    void readsUmlautsAndAnyCaseOfTheScheme() {
        assertThat(Credentials.parse(basic("ann:pässword").replace("Basic", "bASIC")))
                .contains(new Credentials("ann", "pässword"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic %%%", "Bearer abc", "Basic YW5u"})
    void anythingElseIsNobody(String header) {
        assertThat(Credentials.parse(header)).isEmpty();
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(new Credentials("ann", "s3cret").toString()).doesNotContain("s3cret");
    }
}
