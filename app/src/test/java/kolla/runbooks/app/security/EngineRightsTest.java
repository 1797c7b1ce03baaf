package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.Session;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the groups may do in the engine itself, through the API of Camunda's web applications. */
@WebTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineRightsTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort private int port;
    private Client olivia;
    private String instance;
    private String task;

    /** What is refused changes nothing, so the tests share one run while it waits. */
    @BeforeEach
    void aRunWaitsForItsApproval() {
        olivia = Client.nobody(port).as("olivia");
        if (waiting().isEmpty()) {
            olivia.cancelAll();
            olivia.post(
                    "/api/clusters/lab/runs",
                    """
                    {"runbook":"deploy","ticket":"RIGHTS-%d","reason":"a test of rights"}\
                    """
                            .formatted(System.nanoTime()));
            await().atMost(Duration.ofSeconds(60)).until(() -> !waiting().isEmpty());
        }
        instance = waiting().at("/0/currentSteps/0/instance").asText();
        task =
                Session.of(port, "adam")
                        .get(ENGINE + "/task?processInstanceId=" + instance)
                        .at("/0/id");
    }

    private JsonNode waiting() {
        return olivia.get("/api/runs?state=WAITING_FOR_APPROVAL&cluster=lab").json();
    }

    @AfterAll
    void cancel() {
        olivia.cancelAll();
    }

    @ParameterizedTest(name = "{0} may not {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    olivia | POST   | /process-definition/key/rollOutService/start | {}
                    olivia | PUT    | /process-instance/I/variables/planHolds      | {"value":true,"type":"Boolean"}
                    olivia | POST   | /task/T/complete                             | {"variables":{"decision":{"value":"approve"}}}
                    olivia | POST   | /task/T/claim                                | {"userId":"olivia"}
                    olivia | POST   | /task/T/assignee                             | {"userId":"olivia"}
                    olivia | POST   | /user/create                                 | {"profile":{"id":"eve"},"credentials":{"password":"eve-password"}}
                    olivia | PUT    | /group/approvers/members/olivia              | {}
                    olivia | POST   | /authorization/create                        | {"type":1,"permissions":["ALL"],"userId":"olivia","resourceType":0,"resourceId":"*"}
                    adam   | POST   | /process-definition/key/deploy/start         | {"variables":{}}
                    adam   | DELETE | /process-instance/I                          |
                    adam   | PUT    | /process-instance/I/suspended                | {"suspended":true}
                    victor | POST   | /process-definition/key/deploy/start         | {"variables":{}}
                    victor | DELETE | /process-instance/I                          |
                    victor | POST   | /task/T/complete                             | {"variables":{"decision":{"value":"approve"}}}
                    victor | POST   | /task/T/claim                                | {"userId":"victor"}
                    """)
    void closedInTheEngine(String user, String method, String path, String body) {
        String real = path.replace("/I", "/" + instance).replace("/T", "/" + task);
        Answer refused =
                Session.of(port, user).send(method, ENGINE + real, body == null ? "" : body);
        assertThat(refused.status()).as(refused.text()).isIn(401, 403);
        assertThat(refused.text()).contains("AuthorizationException");
    }

    @Test
    void theStarterDoesNotApproveInTasklistEither() {
        Client both = Client.nobody(port).as("both");
        Answer run =
                both.post(
                        "/api/clusters/other/runs",
                        """
                        {"runbook":"deploy","ticket":"OWN-1","reason":"a test of rights"}\
                        """);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> both.get("/api/runs/" + run.at("/id")).at("/state"),
                        "WAITING_FOR_APPROVAL"::equals);
        String own = both.get("/api/runs/" + run.at("/id")).at("/currentSteps/0/instance");
        Session session = Session.of(port, "both");
        String ownTask = session.get(ENGINE + "/task?processInstanceId=" + own).at("/0/id");
        Answer refused =
                session.post(
                        ENGINE + "/task/" + ownTask + "/submit-form",
                        """
                        {"variables":{"decision":{"value":"approve"},"starter":{"value":"eve"},
                         "planDigest":{"value":"%s"}}}\
                        """
                                .formatted("ab".repeat(32)));
        assertThat(refused.status()).as(refused.text()).isEqualTo(500);
        assertThat(refused.text()).contains("KR-APPROVAL-001");
        assertThat(both.get("/api/runs/" + run.at("/id")).at("/state"))
                .isEqualTo("WAITING_FOR_APPROVAL");
    }

    @Test
    void aDecisionOfSomebodyMadeAssigneeIsRefused() {
        Session adam = Session.of(port, "adam");
        adam.post(ENGINE + "/task/" + task + "/assignee", "{\"userId\":\"victor\"}");
        Answer refused =
                Session.of(port, "victor")
                        .post(
                                ENGINE + "/task/" + task + "/complete",
                                """
                                {"variables":{"decision":{"value":"approve"},
                                 "planDigest":{"value":"%s"}}}\
                                """
                                        .formatted("ab".repeat(32)));
        assertThat(refused.text()).contains("KR-APPROVAL-002");
    }

    @Test
    void operatorsCancelInCockpitAndTheLeaseIsFreeAgain() {
        Answer cancelled =
                Session.of(port, "olivia")
                        .send(
                                "DELETE",
                                ENGINE
                                        + "/process-instance/"
                                        + instance
                                        + "?skipCustomListeners=false&skipIoMappings=true",
                                "");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(204);
        assertThat(olivia.get("/api/runs?cluster=lab").at("/0/state")).isEqualTo("CANCELLED");
        assertThat(olivia.get("/api/clusters").json().get(0).has("lease")).isFalse();
    }

    @Test
    void approversSeeTheTaskInTasklistsFilter() {
        Session adam = Session.of(port, "adam");
        Answer filters = adam.get(ENGINE + "/filter?name=Plans%20to%20approve");
        assertThat(filters.at("/0/name")).isEqualTo("Plans to approve");
        assertThat(adam.get(ENGINE + "/filter/" + filters.at("/0/id") + "/list").text())
                .contains(task);
    }
}
