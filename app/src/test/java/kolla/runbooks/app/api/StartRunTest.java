package kolla.runbooks.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.WebTest;
import kolla.runbooks.journal.Runs;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class StartRunTest {

    @LocalServerPort private int port;
    @Autowired private RuntimeService runtime;
    @Autowired private IdentityService identity;
    @Autowired private Runs runs;
    private Client olivia;

    @BeforeEach
    void logIn() {
        olivia = Client.nobody(port).as("olivia");
    }

    @AfterEach
    void cancelWhatIsLeft() {
        olivia.cancelAll();
    }

    private static String body(String ticket) {
        return """
        {"runbook":"deploy","parameters":{},"ticket":"%s","reason":"a test of starting"}\
        """
                .formatted(ticket);
    }

    @Test
    void startsARunAndSaysWhereItIs() {
        Answer started = olivia.post("/api/clusters/lab/runs", body("START-1"));
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        assertThat(started.at("/cluster")).isEqualTo("lab");
        assertThat(started.at("/starter")).isEqualTo("olivia");
        assertThat(started.header("Location"))
                .isEqualTo(started.at("/links/self"))
                .endsWith("/api/runs/" + started.at("/id"));
        assertThat(olivia.get("/api/runs/" + started.at("/id")).at("/ticket")).isEqualTo("START-1");
    }

    @Test
    void returnsTheFirstRunWhenTheTicketComesAgain() {
        Answer first = olivia.post("/api/clusters/lab/runs", body("START-2"));
        Answer again = olivia.post("/api/clusters/lab/runs", body("START-2"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void makesOneRunWhenTheSameTicketComesManyTimesAtOnce() {
        List<Answer> answers =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(i -> olivia.post("/api/clusters/lab/runs", body("START-3")))
                        .toList();
        assertThat(answers.stream().map(Answer::status))
                .containsOnlyOnce(201)
                .containsOnly(200, 201);
        assertThat(answers.stream().map(a -> a.at("/id")).distinct()).hasSize(1);
    }

    @Test
    void refusesTheTicketOfAnotherCluster() {
        olivia.post("/api/clusters/lab/runs", body("START-4"));
        Answer other = olivia.post("/api/clusters/other/runs", body("START-4"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.at("/code")).isEqualTo("KR-REST-011");
        assertThat(other.at("/detail")).contains("START-4").contains("lab");
    }

    private static String backup(String ticket, String parameters) {
        return """
        {"runbook":"mariadb-backup","parameters":%s,"ticket":"%s","reason":"a test of parameters"}\
        """
                .formatted(parameters, ticket);
    }

    @Test
    void keepsTheParametersOfARunWithTheirDefaults() {
        Answer said =
                olivia.post(
                        "/api/clusters/lab/runs", backup("PAR-1", "{\"kind\":\"incremental\"}"));
        Answer assumed = olivia.post("/api/clusters/lab/runs", backup("PAR-2", "{}"));

        assertThat(said.status()).as(said.text()).isEqualTo(201);
        assertThat(olivia.get("/api/runs/" + said.at("/id")).at("/parameters/kind"))
                .isEqualTo("incremental");
        assertThat(assumed.at("/parameters/kind")).isEqualTo("full");
    }

    @Test
    void namesTheParameterItsValueAndWhatWouldBeRight() {
        Answer refused =
                olivia.post("/api/clusters/lab/runs", backup("PAR-3", "{\"kind\":\"whole\"}"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("parameters.kind");
        assertThat(refused.at("/errors/0/value")).isEqualTo("whole");
        assertThat(refused.at("/errors/0/expected")).contains("full", "incremental");
    }

    @Test
    void refusesTheTicketWithOtherParameters() {
        olivia.post("/api/clusters/lab/runs", backup("PAR-4", "{}"));

        Answer same = olivia.post("/api/clusters/lab/runs", backup("PAR-4", "{\"kind\":\"full\"}"));
        Answer other =
                olivia.post(
                        "/api/clusters/lab/runs", backup("PAR-4", "{\"kind\":\"incremental\"}"));

        assertThat(same.status()).isEqualTo(200);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.at("/code")).isEqualTo("KR-REST-013");
        assertThat(other.at("/detail")).contains("PAR-4", "full", "incremental");
    }

    /** The engine takes whatever a client of its own sends, so the start itself checks. */
    @Test
    void checksParametersAlsoWhenTheRunIsStartedPastTheRestApi() {
        identity.setAuthentication("olivia", List.of("operators"));
        try {
            for (Map<String, Object> wrong :
                    List.<Map<String, Object>>of(
                            Map.of("kind", "whole"), Map.of("kind", "full", "force", true))) {
                Map<String, Object> variables = new HashMap<>(wrong);
                variables.putAll(
                        Map.of("cluster", "lab", "ticket", "PAR-5", "reason", "past the API"));
                assertThatThrownBy(
                                () ->
                                        runtime.startProcessInstanceByKey(
                                                "mariadb-backup", variables))
                        .hasStackTraceContaining("KR-RUN-001");
            }
        } finally {
            identity.clearAuthentication();
        }
        assertThat(runs.byTicket("mariadb-backup", "PAR-5")).isEmpty();
    }

    @Test
    void refusesAnUnknownClusterAndNamesThoseThereAre() {
        Answer refused = olivia.post("/api/clusters/nowhere/runs", body("START-5"));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.at("/detail")).contains("nowhere").contains("lab, other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"ticket":"T-1","reason":"because of it"}                                | 422 | KR-REST-004 | runbook
                    {"runbook":"nothing","ticket":"T-1","reason":"because of it"}            | 422 | KR-REST-004 | runbook
                    {"runbook":"rollOutService","ticket":"T-1","reason":"because of it"}     | 422 | KR-REST-004 | runbook
                    {"runbook":"deploy","reason":"because of it"}                            | 422 | KR-REST-004 | ticket
                    {"runbook":"deploy","ticket":"","reason":"because of it"}                | 422 | KR-REST-004 | ticket
                    {"runbook":"deploy","ticket":"-x","reason":"because of it"}              | 422 | KR-REST-004 | ticket
                    {"runbook":"deploy","ticket":"T-1\\n","reason":"because of it"}          | 422 | KR-REST-004 | ticket
                    {"runbook":"deploy","ticket":"T-1"}                                      | 422 | KR-REST-004 | reason
                    {"runbook":"deploy","ticket":"T-1","reason":" "}                         | 422 | KR-REST-004 | reason
                    {"runbook":"deploy","ticket":"T-1","reason":"a \\u001b[2J bc"}           | 422 | KR-REST-004 | reason
                    {"runbook":"deploy","ticket":"T-1","reason":"because","parameters":[]}   | 422 | KR-REST-004 | parameters
                    {"runbook":"deploy","ticket":"T-1","reason":"because","parameters":{"x":1}} | 422 | KR-REST-004 | parameters.x
                    {"runbook":"deploy","ticket":"T-1","reason":"because","cluster":"lab"}   | 400 | KR-REST-003 | cluster
                    {"runbook":"deploy","ticket":7,"reason":"because of it"}                 | 400 | KR-REST-003 | ticket
                    {"runbook":"deploy","ticket":{},"reason":"because of it"}                | 400 | KR-REST-003 | ticket
                    """)
    void namesTheFieldThatIsWrong(String body, int status, String code, String field) {
        Answer refused = olivia.post("/api/clusters/lab/runs", body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.at("/code")).isEqualTo(code);
        assertThat(refused.at("/page")).isEqualTo("ops-runbooks/errors/" + code + ".md");
        assertThat(refused.at("/errors/0/field")).isEqualTo(field);
        assertThat(refused.at("/errors/0/expected")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"runbook":"deploy"
                    {"runbook":"deploy"} {}
                    {"runbook":"deploy","runbook":"deploy"}
                    []
                    "deploy"
                    null
                    not JSON
                    """)
    void refusesWhatIsNoJsonObject(String body) {
        Answer refused = olivia.post("/api/clusters/lab/runs", body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/code")).isEqualTo("KR-REST-003");
    }

    @Test
    void refusesALargeBodyBeforeReadingItAsJson() {
        Answer refused =
                olivia.post("/api/clusters/lab/runs", "{\"reason\":\"" + "x".repeat(300_000));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.at("/code")).isEqualTo("KR-REST-007");
    }

    @Test
    void refusesOtherMediaTypesAndMethods() {
        Answer media =
                olivia.send(
                        olivia.request("/api/clusters/lab/runs")
                                .header("Content-Type", "text/plain")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("x"))
                                .build());
        assertThat(media.status()).isEqualTo(415);
        assertThat(media.at("/code")).isEqualTo("KR-REST-008");
        Answer method = olivia.send("DELETE", "/api/clusters/lab/runs", "");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.at("/code")).isEqualTo("KR-REST-008");
    }
}
