package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.Session;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is closed is closed for the administrator too. */
@WebTest
class WebappGuardTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort private int port;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST   | /deployment/create
                    POST   | /deployment/create/
                    POST   | /deployment/x/redeploy
                    DELETE | /deployment/x
                    POST   | /process-instance/x/modification
                    POST   | /process-instance/x/modification-async
                    POST   | /modification/execute
                    POST   | /process-definition/x/restart
                    POST   | /process-definition/x/restart-async
                    POST   | /migration/execute
                    POST   | /migration/executeAsync
                    POST   | /task/x/bpmnError
                    POST   | /task/x/bpmnError/
                    POST   | /task/x/bpmnEscalation
                    """)
    void closesWhatWouldPassStepsByOrBringCode(String method, String path) {
        Answer refused = Session.of(port, "admin").send(method, ENGINE + path, "{}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/code")).isEqualTo("KR-REST-012");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST | /task                              | {"orQueries":[{"assigneeExpression":"${1}"}]}
                    POST | /task                              | {"candidateGroupsExpression":"${1}"}
                    POST | /filter/create                     | {"resourceType":"Task","query":{"orQueries":[]}}
                    POST | /process-instance                  | {"orQueries":[]}
                    POST | /process-definition/key/deploy/start | {"startInstructions":[{"type":"startBeforeActivity","activityId":"pullImages"}]}
                    POST | /process-instance/delete           | {"processInstanceIds":["x"],"skipCustomListeners":true}
                    """)
    void refusesFieldsThatRunCodeOrPassStepsBy(String method, String path, String body) {
        Answer refused = Session.of(port, "admin").send(method, ENGINE + path, body);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/code")).isEqualTo("KR-REST-012");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /task?assigneeExpression=x",
        "GET, /task?assignee%45xpression=x",
        "DELETE, /process-instance/x?skipCustomListeners=true"
    })
    void refusesTheSameAsParameters(String method, String path) {
        Answer refused = Session.of(port, "admin").send(method, ENGINE + path, "");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/code")).isEqualTo("KR-REST-012");
    }

    @Test
    void closesTheSetUpOfAnotherAdministrator() {
        Session nobody = Session.open(port);
        Answer user =
                nobody.post(
                        "/camunda/api/admin/setup/default/user/create",
                        """
                        {"profile":{"id":"eve","firstName":"E","lastName":"E"},
                         "credentials":{"password":"eve-password"}}\
                        """);
        assertThat(user.status()).isEqualTo(403);
        assertThat(nobody.get("/camunda/app/admin/default/setup/").status()).isEqualTo(403);
    }

    @Test
    void leavesOrdinaryWorkAlone() {
        Session olivia = Session.of(port, "olivia");
        assertThat(olivia.get(ENGINE + "/deployment").status()).isEqualTo(200);
        assertThat(olivia.post(ENGINE + "/task", "{\"taskDefinitionKey\":\"x\"}").text())
                .isEqualTo("[]");
        assertThat(olivia.get(ENGINE + "/process-definition").json())
                .extracting(definition -> definition.get("key").asText())
                .contains("deploy", "galera-recovery", "rollOutService");
    }
}
