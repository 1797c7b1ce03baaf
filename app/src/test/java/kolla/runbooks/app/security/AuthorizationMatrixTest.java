package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Who may call what. A {@code y} is not refused for want of rights (though perhaps for something
 * else), an {@code n} is. Columns: nobody at all, a user without groups, viewer, operator,
 * approver, administrator.
 */
@WebTest
class AuthorizationMatrixTest {

    @LocalServerPort private int port;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST | /api/clusters/lab/runs     | n | n | n | y | n | y
                    GET  | /api/runs                  | n | n | y | y | y | y
                    GET  | /api/runs/none             | n | n | y | y | y | y
                    GET  | /api/runs/none/plan        | n | n | y | y | y | y
                    GET  | /api/runs/none/probe       | n | n | y | y | y | y
                    GET  | /api/runs/none/probe.svg   | n | n | y | y | y | y
                    GET  | /api/runs/none/log         | n | n | y | y | y | y
                    GET  | /api/runs/none/evidence    | n | n | y | y | y | y
                    GET  | /api/runs/none/actions     | n | n | y | y | y | y
                    GET  | /api/runs/none/approvals   | n | n | y | y | y | y
                    POST | /api/runs/none/approval    | n | n | n | n | y | n
                    POST | /api/runs/none/retry       | n | n | n | y | n | y
                    POST | /api/runs/none/cancel      | n | n | n | y | n | y
                    GET  | /api/runbooks              | n | n | y | y | y | y
                    GET  | /api/runbooks/deploy       | n | n | y | y | y | y
                    GET  | /api/clusters              | n | n | y | y | y | y
                    GET  | /v3/api-docs               | n | n | y | y | y | y
                    GET  | /actuator/prometheus       | n | n | y | y | y | y
                    GET  | /actuator/health           | y | y | y | y | y | y
                    GET  | /actuator                  | n | n | y | y | y | y
                    GET  | /nothing/here              | n | n | y | y | y | y
                    GET  | /engine-rest/engine        | n | n | y | y | y | y
                    """)
    void holdsForEachRole(
            String method,
            String path,
            String anonymous,
            String nobody,
            String viewer,
            String operator,
            String approver,
            String admin) {
        Client client = Client.nobody(port);
        check(client, method, path, anonymous, 401);
        check(client.as("nobody"), method, path, nobody, 403);
        check(client.as("victor"), method, path, viewer, 403);
        check(client.as("olivia"), method, path, operator, 403);
        check(client.as("adam"), method, path, approver, 403);
        check(client.as("admin"), method, path, admin, 403);
    }

    private static void check(Client who, String method, String path, String allowed, int refusal) {
        Answer answer = method.equals("GET") ? who.get(path) : who.send(method, path, "{}");
        String what = who.user().orElse("anonymous") + " " + method + " " + path;
        if (allowed.equals("y")) {
            assertThat(answer.status()).as(what).isNotIn(401, 403, 500);
        } else {
            assertThat(answer.status()).as(what).isEqualTo(refusal);
            assertThat(answer.at("/code"))
                    .isEqualTo(refusal == 401 ? "KR-REST-001" : "KR-REST-002");
        }
    }
}
