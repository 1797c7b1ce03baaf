package kolla.runbooks.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.Session;
import kolla.runbooks.app.web.WebTest;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.probe.ProbeBatch;
import kolla.runbooks.journal.probe.ProbeFailure;
import kolla.runbooks.journal.probe.ProbeSecond;
import kolla.runbooks.journal.probe.ProbeShift;
import kolla.runbooks.journal.probe.Probes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people and programs read of a run's probe. */
@WebTest
class ProbeApiTest {

    private static final String PLUGIN = "/camunda/api/cockpit/plugin/runbooks/default/run/";

    @LocalServerPort private int port;
    @Autowired private Probes probes;

    private Client olivia;
    private String run;

    @BeforeEach
    void aRun() {
        olivia = Client.nobody(port).as("olivia");
        run =
                olivia.send(
                                "POST",
                                "/api/clusters/lab/runs",
                                """
                                {"runbook":"deploy","ticket":"PROBE-%d","reason":"probed","parameters":{}}\
                                """
                                        .formatted(System.nanoTime()))
                        .at("/id");
    }

    @AfterEach
    void cancel() {
        olivia.cancelAll();
    }

    @Test
    void aRunWithoutAProbeSaysSo() {
        Answer answer = olivia.get("/api/runs/" + run + "/probe");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/detail")).contains("has no probe");
        assertThat(Session.of(port, "olivia").get(PLUGIN + run).json().has("probe")).isFalse();
    }

    @Test
    void figuresAndPictureTellWhatClientsFelt() {
        probed();

        JsonNode seen = olivia.get("/api/runs/" + run + "/probe").json();
        assertThat(seen.get("total").asLong()).isEqualTo(9);
        assertThat(seen.get("failed").asLong()).isEqualTo(2);
        assertThat(seen.at("/kinds/0/kind").asText()).isEqualTo("sql");
        assertThat(seen.at("/kinds/0/longestGap").asLong()).isEqualTo(1700);
        assertThat(seen.at("/kinds/0/p50").asLong()).isPositive();
        assertThat(seen.at("/kinds/1/total").asLong()).as("token, not probed yet").isZero();
        assertThat(seen.at("/failures/0/sentence").asText()).isEqualTo("Connection refused");

        Answer picture = olivia.get("/api/runs/" + run + "/probe.svg");
        assertThat(picture.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(picture.text()).startsWith("<svg").contains("2 of 9 requests failed");
    }

    @Test
    void cockpitShowsTheFiguresAndThePictureToWhoMaySeeTheRun() {
        probed();

        Session browser = Session.of(port, "victor");
        JsonNode probe = browser.get(PLUGIN + run).json().get("probe");
        assertThat(probe.get("total").asLong()).isEqualTo(9);
        assertThat(probe.get("failed").asLong()).isEqualTo(2);
        assertThat(probe.get("trouble").asText()).isEqualTo("no broker runs");
        var picture = browser.get(PLUGIN + run + "/probe.svg");
        assertThat(picture.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(picture.text()).startsWith("<svg");
        assertThat(Session.open(port).get(PLUGIN + run + "/probe.svg").status()).isIn(401, 403);
    }

    private void probed() {
        RunId id = new RunId(run);
        probes.ask(id, "lab");
        ProbeShift shift =
                probes.take(id, "other", List.of("sql", "token"), Duration.ofHours(1))
                        .orElseThrow();
        Instant now = probes.now().plusSeconds(1);
        probes.write(
                shift,
                new ProbeBatch(
                        List.of(
                                new ProbeSecond(
                                        "sql",
                                        now.getEpochSecond(),
                                        9,
                                        2,
                                        Duration.ofMillis(1700),
                                        now)),
                        List.of(
                                new ProbeFailure(
                                        "sql", now, Duration.ofMillis(3), "Connection refused")),
                        Map.of("sql", Map.of(10, 7L))));
        probes.trouble(shift, "no broker runs");
    }
}
