package kolla.runbooks.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.Stage;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A run that waits for people to work on a host. */
@WebTest
class MaintenanceFlowTest {

    private static final String BACK = "{\"comment\":\"a new fan\"}";

    @LocalServerPort private int port;
    private Client olivia;
    private Client adam;

    @BeforeEach
    void logIn() {
        olivia = Client.nobody(port).as("olivia");
        adam = Client.nobody(port).as("adam");
    }

    /** The lease of the cluster is free for the next test. */
    @AfterEach
    void cancelWhatIsLeft() {
        olivia.cancelAll();
    }

    @Test
    void anOperatorSaysThatTheHostIsBackAndNobodyElseCan() {
        String run = start("MAINTENANCE-1");
        Answer early = olivia.post(run + "/work-done", BACK);
        assertThat(early.status()).isEqualTo(409);
        reaches(run, "WAITING_FOR_APPROVAL");
        adam.post(
                run + "/approval",
                "{\"decision\":\"approve\",\"planDigest\":\""
                        + Stage.DIGEST
                        + "\",\"comment\":\"\"}");
        reaches(run, "WAITING_FOR_PERSON");

        assertThat(adam.post(run + "/work-done", BACK).status()).isEqualTo(403);
        assertThat(olivia.get(run).at("/state")).isEqualTo("WAITING_FOR_PERSON");

        Answer said = olivia.post(run + "/work-done", BACK);
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        reaches(run, "SUCCEEDED");
        assertThat(olivia.get(run + "/log").text())
                .contains("olivia says that the work is done: a new fan");
    }

    @Test
    void aHostMayOnlyHaveANameOfAHost() {
        Answer refused = ask("MAINTENANCE-2", "ctl2; reboot");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("host", "ctl2; reboot");
    }

    private String start(String ticket) {
        Answer started = ask(ticket, "ctl2");
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        return "/api/runs/" + started.at("/id");
    }

    private Answer ask(String ticket, String host) {
        return olivia.post(
                "/api/clusters/lab/runs",
                """
                {"runbook":"host-maintenance","ticket":"%s","reason":"a test of the flow",\
                "parameters":{"host":"%s"}}\
                """
                        .formatted(ticket, host));
    }

    private void reaches(String run, String state) {
        await(run + " reaches " + state)
                .atMost(Duration.ofSeconds(60))
                .until(() -> olivia.get(run).at("/state"), state::equals);
    }
}
