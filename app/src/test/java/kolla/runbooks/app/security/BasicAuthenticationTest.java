package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.WebTest;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class BasicAuthenticationTest {

    @LocalServerPort private int port;
    @Autowired private IdentityService identity;

    @Test
    void saysHowToLogInAndForbidsStoringTheAnswer() {
        Answer refused = Client.nobody(port).get("/api/runs");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
        assertThat(refused.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(refused.header("Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void opensNoPasswordDialogOverAPageWhoseScriptAsks() {
        Client client = Client.nobody(port);
        Answer refused =
                client.send(client.request("/api/runs").header("Sec-Fetch-Mode", "cors").build());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuchuser:password", "victor:", "victor", ":", "victor:wrong"})
    void refusesWrongCredentials(String login) {
        assertThat(Client.nobody(port).withLogin(login).get("/api/runs").status()).isEqualTo(401);
    }

    @Test
    void refusesOtherSchemes() {
        Client client = Client.nobody(port);
        Answer refused =
                client.send(
                        client.request("/api/runs").header("Authorization", "Bearer abc").build());
        assertThat(refused.status()).isEqualTo(401);
    }

    @Test
    void letsTheScrapeUserReadMetricsAndNothingElse() {
        Client scraper = Client.nobody(port).as("scraper");
        assertThat(scraper.get("/actuator/prometheus").status()).isEqualTo(200);
        assertThat(scraper.get("/api/runs").status()).isEqualTo(403);
    }

    @Test
    void healthTellsNothingButUpOrDown() {
        assertThat(Client.nobody(port).get("/actuator/health").text())
                .isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/../api/runs",
                "/camunda/%2e%2e/api/runs",
                "/camunda/..;/api/runs",
                "/actuator/health/..;/prometheus",
                "//api/runs",
                "/api;x=/runs",
                "/API/runs"
            })
    void noDetourLeadsPastTheDoor(String path) {
        assertThat(Client.nobody(port).get(path).status()).isIn(400, 401, 404);
    }

    @Test
    void aPersonPutOutOfTheGroupIsOutAtOnce() {
        Client both = Client.nobody(port).as("both");
        String run = "/api/runs/none/approval";
        assertThat(both.post(run, "{}").status()).isEqualTo(404);
        identity.deleteMembership("both", "approvers");
        try {
            assertThat(both.post(run, "{}").status()).isEqualTo(403);
        } finally {
            identity.createMembership("both", "approvers");
        }
    }

    @Test
    void leavesNobodyLoggedInOnTheThread() {
        Client.nobody(port).as("olivia").get("/api/runs");
        assertThat(identity.getCurrentAuthentication()).isNull();
    }
}
