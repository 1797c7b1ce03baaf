package kolla.runbooks.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses over HTTP, against a server in this JVM. */
class WebUseTest {

    private final List<String> seen = new ArrayList<>();
    private final Set<Integer> connections = new HashSet<>();
    private int status = 200;
    private boolean hangsUp;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress().getPort());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("X-Subject-Token")
                        + (body.contains("\"password\":\"s3cret\"") ? " with password" : ""));
        boolean issues = exchange.getRequestMethod().equals("POST");
        if (issues) {
            exchange.getResponseHeaders().add("X-Subject-Token", "gAAAA");
        }
        if (hangsUp) {
            exchange.getResponseHeaders().add("Connection", "close");
        }
        exchange.sendResponseHeaders(issues && status == 200 ? 201 : status, -1);
        exchange.close();
    }

    @Test
    void aTokenIsIssuedAndChecked() throws IOException {
        try (TokenUse use = token()) {
            use.once();
        }

        assertThat(seen)
                .containsExactly(
                        "POST /v3/auth/tokens null with password", "GET /v3/auth/tokens gAAAA");
    }

    @Test
    void aLoginThatIsRefusedSaysSoAndNotThePassword() {
        status = 502;
        try (TokenUse use = token()) {
            assertThatThrownBy(use::once)
                    .hasMessage("issuing a token: HTTP 502 instead of 201")
                    .hasMessageNotContaining("s3cret");
        }
        assertThat(new TokenUse.Login("http://vip:5000/v3", "admin", "s3cret", "admin").toString())
                .doesNotContain("s3cret");
    }

    @Test
    void anApiIsAskedOnNewAndOnKeptConnections() throws IOException {
        try (ApiUse use = api()) {
            for (int i = 0; i < 8; i++) {
                use.once();
            }
        }

        // four new ones and the kept one
        assertThat(connections).hasSize(5);
    }

    @Test
    void aKeptConnectionThatTheOtherSideClosedIsOpenedAnew() throws IOException {
        hangsUp = true;
        try (ApiUse use = api()) {
            for (int i = 0; i < 4; i++) {
                use.once();
            }
        }

        assertThat(seen).hasSize(4);
    }

    @Test
    void aWrongAnswerAndNoAnswerAreFailures() {
        try (ApiUse use = api()) {
            status = 503;
            assertThatThrownBy(use::once).hasMessageContaining("HTTP 503 instead of 200");
            server.stop(0);
            assertThatThrownBy(use::once).hasMessageContaining("on a new connection");
        }
    }

    private ApiUse api() {
        return new ApiUse(url() + "/v3", 200, Optional.empty());
    }

    private TokenUse token() {
        return new TokenUse(
                new TokenUse.Login(url() + "/v3", "admin", "s3cret", "admin"), Optional.empty());
    }

    private String url() {
        return "http://"
                + server.getAddress().getHostString()
                + ":"
                + server.getAddress().getPort();
    }
}
