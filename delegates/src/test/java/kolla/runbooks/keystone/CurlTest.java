package kolla.runbooks.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.fakes.FakeEngine;
import org.junit.jupiter.api.Test;

class CurlTest {

    @Test
    void readsTokenAndBody() {
        Curl.Answer answer =
                Curl.parse(
                        "HTTP/1.1 201 CREATED\r\nContent-Type: application/json\r\n"
                                + "X-Subject-Token: gAAAA-b_c\r\n\r\n"
                                + "{\"token\":{\"catalog\":[{\"type\":\"identity\",\"endpoints\":"
                                + "[{\"interface\":\"public\",\"url\":\"http://vip:5000\"}]}]}}\n"
                                + "201");

        assertThat(answer.ok()).isTrue();
        assertThat(answer.token()).contains("gAAAA-b_c");
        assertThat(KeystoneBootstrap.endpoints(answer.body()))
                .containsOnly(Map.entry("public", "http://vip:5000"));
    }

    @Test
    void saysWhatTheServerSaid() {
        Curl.Answer answer =
                Curl.parse(
                        "HTTP/1.1 401 UNAUTHORIZED\r\n\r\n"
                                + "{\"error\":{\"message\":\"wrong password\"}}\n401");

        assertThat(answer.ok()).isFalse();
        assertThat(answer.describe()).isEqualTo("HTTP 401 \"wrong password\"");
    }

    @Test
    void readsAnAnswerWithoutABody() {
        Curl.Answer answer = Curl.parse("HTTP/1.1 204 NO CONTENT\r\n\r\n\n204");

        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    void keepsPasswordAndTokenOutOfArgumentVectors() {
        FakeEngine engine = new FakeEngine();
        List<List<String>> argv = new ArrayList<>();
        List<Map<String, String>> environments = new ArrayList<>();
        engine.execs(
                (container, words, environment) -> {
                    argv.add(words);
                    environments.add(environment);
                    return Optional.of(new ExecResult(0, "HTTP/1.1 200 OK\r\n\r\n{}\n200", ""));
                });

        Curl.send(
                engine,
                "POST",
                "http://vip:5000/v3/auth/tokens",
                Optional.of("the-token"),
                Optional.of("{\"password\":\"se\\\"cret\"}"),
                Optional.empty());

        assertThat(argv.toString()).doesNotContain("the-token").doesNotContain("cret");
        assertThat(environments.get(0).get("KR_CURL"))
                .contains("header = \"X-Auth-Token: the-token\"")
                .contains("data-raw = \"{\\\"password\\\":\\\"se\\\\\\\"cret\\\"}\"");
    }

    @Test
    void believesOnlyTheAuthoritiesThatAreNamedHoweverMany() {
        FakeEngine engine = new FakeEngine();
        List<String> scripts = new ArrayList<>();
        List<Map<String, String>> environments = new ArrayList<>();
        engine.execs(
                (container, words, environment) -> {
                    scripts.add(words.get(2));
                    environments.add(environment);
                    return Optional.of(new ExecResult(0, "HTTP/1.1 200 OK\r\n\r\n{}\n200", ""));
                });
        String bundle = "0123456789".repeat(25_000);

        Curl.send(
                engine,
                "GET",
                "https://vip:5000/v3",
                Optional.empty(),
                Optional.empty(),
                Optional.of(bundle));

        Map<String, String> environment = environments.get(0);
        assertThat(scripts.get(0))
                .contains("\"$KR_CURL_TRUST_0\" \"$KR_CURL_TRUST_1\" \"$KR_CURL_TRUST_2\"")
                .contains("--cacert");
        assertThat(
                        environment.get("KR_CURL_TRUST_0")
                                + environment.get("KR_CURL_TRUST_1")
                                + environment.get("KR_CURL_TRUST_2"))
                .isEqualTo(bundle);
        assertThat(environment.values()).allMatch(v -> v.length() < 128 * 1024);
    }
}
