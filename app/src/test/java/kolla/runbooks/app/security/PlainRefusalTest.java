package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.Session;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What Tasklist is told when a form is refused. */
@WebTest
class PlainRefusalTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort private int port;

    @AfterEach
    void cancel() {
        Client.nobody(port).as("admin").cancelAll();
    }

    @Test
    void aRefusedApprovalIsOurSentenceAndNothingElse() {
        Session both = Session.of(port, "both");
        String instance = start(both, "lab").at("/id");
        String tasks = ENGINE + "/task?processInstanceId=" + instance;
        await().atMost(Duration.ofSeconds(60)).until(() -> both.get(tasks).json().size() == 1);

        Answer refused =
                both.post(
                        ENGINE + "/task/" + both.get(tasks).at("/0/id") + "/submit-form",
                        "{\"variables\":{\"decision\":{\"value\":\"approve\"}}}");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.at("/message"))
                .isEqualTo(
                        "KR-APPROVAL-001: both started this run and cannot decide about it; ask"
                                + " another approver [ops-runbooks/errors/KR-APPROVAL-001.md]");
    }

    @Test
    void whatWasTypedInIsNoMarkupInTheAnswer() {
        Answer refused = start(Session.of(port, "both"), "<b>moon</b>");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.at("/message"))
                .startsWith("KR-RUN-001: ")
                .contains("&lt;b&gt;moon")
                .doesNotContain("<");
    }

    @Test
    void anErrorThatIsNotOursIsLeftAsItIs() {
        Answer refused = Session.of(port, "both").post(ENGINE + "/task/none/submit-form", "{}");

        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        assertThat(refused.at("/message")).contains("none");
    }

    private static Answer start(Session person, String cluster) {
        return person.post(
                ENGINE + "/process-definition/key/deploy/submit-form",
                """
                {"variables":{"cluster":{"value":"%s"},"ticket":{"value":"PLAIN-1"},
                "reason":{"value":"a form"}}}\
                """
                        .formatted(cluster));
    }
}
