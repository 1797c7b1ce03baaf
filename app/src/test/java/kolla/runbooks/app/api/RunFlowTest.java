package kolla.runbooks.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import kolla.runbooks.app.runs.RunState;
import kolla.runbooks.app.runs.RunStatus;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.Stage;
import kolla.runbooks.app.web.WebTest;
import kolla.runbooks.journal.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class RunFlowTest {

    @LocalServerPort private int port;
    @Autowired private Stage stage;
    @Autowired private RunStatuses statuses;
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
        stage.mend();
        olivia.cancelAll();
    }

    private String start(Client who, String ticket) {
        Answer started =
                who.post(
                        "/api/clusters/lab/runs",
                        """
                        {"runbook":"deploy","ticket":"%s","reason":"a test of the flow"}\
                        """
                                .formatted(ticket));
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        return "/api/runs/" + started.at("/id");
    }

    private JsonNode reaches(String run, String state) {
        return await(run + " reaches " + state)
                .atMost(Duration.ofSeconds(60))
                .until(() -> olivia.get(run).json(), r -> r.get("state").asText().equals(state));
    }

    private Answer decide(Client who, String run, String decision, String digest) {
        return who.post(
                run + "/approval",
                """
                {"decision":"%s","planDigest":"%s","comment":"seen"}\
                """
                        .formatted(decision, digest));
    }

    @Test
    void aRunThatEndsWhileItIsLookedAtHasItsEnd() {
        String run = start(olivia, "FLOW-END");
        JsonNode waiting = reaches(run, "WAITING_FOR_APPROVAL");
        Run before = statuses.find(waiting.get("id").asText());
        String digest = olivia.get(run + "/plan").json().get("digest").asText();
        decide(adam, run, "approve", digest);
        reaches(run, "SUCCEEDED");

        RunStatus seen = statuses.of(before);

        assertThat(seen.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(seen.run().endedAt()).isPresent();
    }

    @Test
    void waitsForTheApprovalThenSucceeds() {
        String run = start(olivia, "FLOW-1");
        JsonNode waiting = reaches(run, "WAITING_FOR_APPROVAL");
        assertThat(waiting.at("/currentSteps/0/step").asText()).isEqualTo("approvePlan");
        assertThat(waiting.at("/links/cockpit").asText())
                .contains("/camunda/app/cockpit/default/#/process-instance/");

        JsonNode plan = olivia.get(run + "/plan").json();
        assertThat(plan.get("version").asInt()).isEqualTo(1);
        assertThat(plan.at("/plan/changes/0").asText()).isEqualTo("FLOW-1");
        assertThat(olivia.get(run + "/plan", "text/plain").text())
                .contains("create mariadb")
                .contains(Stage.DIGEST);

        Answer approved = decide(adam, run, "approve", plan.get("digest").asText());
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        JsonNode done = reaches(run, "SUCCEEDED");
        assertThat(done.get("currentSteps")).isEmpty();
        assertThat(done.has("endedAt")).isTrue();
        assertThat(olivia.get(run + "/approvals").at("/0/person")).isEqualTo("adam");
        assertThat(olivia.get(run + "/approvals").at("/0/decision")).isEqualTo("approve");

        JsonNode actions = olivia.get(run + "/actions").json();
        assertThat(actions.get("hosts")).hasSize(2);
        assertThat(actions.at("/steps/0").asText()).startsWith("convergeBatch/");
        assertThat(actions.get("actions")).hasSize(4);
        assertThat(actions.at("/actions/0/state").asText()).isEqualTo("DONE");

        JsonNode evidence = olivia.get(run + "/evidence?host=ctl1&step=checkHosts").json();
        assertThat(evidence.at("/0/content/disk").asText()).isEqualTo("ok");
    }

    @Test
    void theHostThatWasChosenOutlivesTheApprovalOfThePlanThatFollows() {
        Answer started =
                olivia.post(
                        "/api/clusters/lab/runs",
                        """
                        {"runbook":"galera-recovery","ticket":"FLOW-20","reason":"two people"}\
                        """);
        String run = "/api/runs/" + started.at("/id");
        reaches(run, "WAITING_FOR_APPROVAL");
        Answer chosen =
                adam.post(
                        run + "/approval",
                        """
                        {"decision":"approve","planDigest":"%s","chosenHost":"ctl3"}\
                        """
                                .formatted(Stage.DIGEST));
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        await("the plan that follows is asked about")
                .atMost(Duration.ofSeconds(60))
                .until(() -> log(run).contains("the chosen host is"));
        reaches(run, "WAITING_FOR_APPROVAL");
        Client both = Client.nobody(port).as("both");
        assertThat(decide(both, run, "approve", Stage.DIGEST).status()).isEqualTo(200);
        reaches(run, "SUCCEEDED");

        assertThat(log(run).split("the chosen host is", -1)).hasSize(3);
        assertThat(log(run)).doesNotContain("the chosen host is \"\"").doesNotContain("null");
    }

    private String log(String run) {
        return olivia.get(run + "/log", "text/plain").text();
    }

    @Test
    void endsWhenThePlanIsRejected() {
        String run = start(olivia, "FLOW-2");
        reaches(run, "WAITING_FOR_APPROVAL");
        assertThat(decide(adam, run, "reject", Stage.DIGEST).status()).isEqualTo(200);
        reaches(run, "REJECTED");
        Answer late = decide(adam, run, "approve", Stage.DIGEST);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("/code")).isEqualTo("KR-REST-006");
        assertThat(late.at("/detail")).contains("REJECTED");
    }

    @Test
    void nobodyApprovesTheOwnRun() {
        Client both = Client.nobody(port).as("both");
        String run = start(both, "FLOW-3");
        reaches(run, "WAITING_FOR_APPROVAL");
        Answer refused = decide(both, run, "approve", Stage.DIGEST);
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.at("/code")).isEqualTo("KR-APPROVAL-001");
        assertThat(olivia.get(run).at("/state")).isEqualTo("WAITING_FOR_APPROVAL");
    }

    @Test
    void refusesTheDigestOfAnotherPlan() {
        String run = start(olivia, "FLOW-4");
        reaches(run, "WAITING_FOR_APPROVAL");
        Answer refused = decide(adam, run, "approve", "cd".repeat(32));
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.at("/code")).isEqualTo("KR-APPROVAL-003");
        assertThat(olivia.get(run + "/approvals").json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"planDigest":"D"}                       | 422 | decision
                    {"decision":"maybe","planDigest":"D"}    | 422 | decision
                    {"decision":"approve"}                   | 422 | planDigest
                    {"decision":"approve","planDigest":"x"}  | 422 | planDigest
                    {"decision":"approve","planDigest":"D","starter":"eve"} | 400 | starter
                    {"decision":true,"planDigest":"D"}       | 400 | decision
                    """)
    void namesWhatIsWrongWithADecision(String body, int status, String field) {
        Answer refused =
                adam.post(
                        anyRun() + "/approval", body.replace("\"D\"", "\"" + Stage.DIGEST + "\""));
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.at("/errors/0/field")).isEqualTo(field);
    }

    private String anyRun() {
        Answer run =
                olivia.post(
                        "/api/clusters/lab/runs",
                        """
                        {"runbook":"deploy","ticket":"ANY-1","reason":"nothing to do"}\
                        """);
        return "/api/runs/" + run.at("/id");
    }

    @Test
    void showsTheFailedStepAndRetriesIt() {
        stage.failOn("checkHosts", "ctl2");
        String run = start(olivia, "FLOW-5");
        JsonNode failed = reaches(run, "FAILED_STEP");
        JsonNode failure = failed.at("/failures/0");
        assertThat(failure.get("code").asText()).isEqualTo("KR-HOST-001");
        assertThat(failure.get("host").asText()).isEqualTo("ctl2");
        assertThat(failure.get("message").asText()).isEqualTo("not reachable on port 22");
        assertThat(failure.get("page").asText()).isEqualTo("ops-runbooks/errors/KR-HOST-001.md");
        assertThat(failure.get("step").asText()).isEqualTo("checkHosts");

        stage.mend();
        Answer retried = olivia.post(run + "/retry", "");
        assertThat(retried.status()).as(retried.text()).isEqualTo(200);
        assertThat(retried.at("/retried/0/step")).isEqualTo("checkHosts");
        reaches(run, "WAITING_FOR_APPROVAL");
        Answer needless = olivia.post(run + "/retry", "");
        assertThat(needless.status()).isEqualTo(409);
        assertThat(needless.at("/code")).isEqualTo("KR-REST-006");
        assertThat(olivia.get(run + "/log?step=retry").text()).contains("olivia");
    }

    @Test
    void findsAndRetriesAFailureInACalledProcess() {
        stage.failOn("convergeBatch/rabbitmq", "ctl1");
        String run = start(olivia, "FLOW-6");
        reaches(run, "WAITING_FOR_APPROVAL");
        decide(adam, run, "approve", Stage.DIGEST);
        JsonNode failed = reaches(run, "FAILED_STEP");
        assertThat(failed.get("failures")).hasSize(1);
        assertThat(failed.at("/failures/0/step").asText()).isEqualTo("convergeBatch");
        assertThat(failed.at("/failures/0/service").asText()).isEqualTo("rabbitmq");
        stage.mend();
        assertThat(olivia.post(run + "/retry", "").at("/retried/0/service")).isEqualTo("rabbitmq");
        reaches(run, "SUCCEEDED");
    }

    @Test
    void cancelsAndGivesTheLeaseBack() {
        String run = start(olivia, "FLOW-7");
        reaches(run, "WAITING_FOR_APPROVAL");
        String id = run.substring(run.lastIndexOf('/') + 1);
        assertThat(olivia.get("/api/clusters").at("/0/lease/run")).isEqualTo(id);
        assertThat(olivia.post(run + "/cancel", "{}").at("/errors/0/field")).isEqualTo("reason");
        Answer cancelled = olivia.post(run + "/cancel", "{\"reason\":\"wrong cluster\"}");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        assertThat(cancelled.at("/state")).isEqualTo("CANCELLED");
        assertThat(olivia.get("/api/clusters").json().get(0).has("lease")).isFalse();
        assertThat(olivia.post(run + "/cancel", "{\"reason\":\"again\"}").status()).isEqualTo(409);
        assertThat(olivia.get(run + "/log?step=cancel").text())
                .contains("olivia")
                .contains("wrong cluster");
    }

    @Test
    void listsByClusterStateAndRunbook() {
        String run = start(olivia, "FLOW-8");
        String id = run.substring(run.lastIndexOf('/') + 1);
        reaches(run, "WAITING_FOR_APPROVAL");
        assertThat(
                        olivia.get(
                                        "/api/runs?state=waiting_for_approval&cluster=lab&runbook=deploy&limit=1")
                                .at("/0/id"))
                .isEqualTo(id);
        assertThat(olivia.get("/api/runs?cluster=other").json()).isEmpty();
        assertThat(olivia.get("/api/runs?runbook=nothing").json()).isEmpty();
        assertThat(olivia.get("/api/runs?state=asleep").at("/errors/0/field")).isEqualTo("state");
        assertThat(olivia.get("/api/runs?limit=0").at("/errors/0/field")).isEqualTo("limit");
        assertThat(olivia.get("/api/runs?limit=x").at("/errors/0/field")).isEqualTo("limit");
    }

    @ParameterizedTest
    @CsvSource({"''", "/plan", "/log", "/evidence", "/actions", "/approvals"})
    void saysThatThereIsNoSuchRun(String part) {
        Answer missing = olivia.get("/api/runs/deploy-none" + part);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.at("/code")).isEqualTo("KR-REST-005");
        assertThat(missing.at("/detail")).contains("deploy-none");
    }

    @Test
    void showsAnOlderPlanAndSaysWhenThereIsNone() {
        String run = start(olivia, "FLOW-9");
        reaches(run, "WAITING_FOR_APPROVAL");
        assertThat(olivia.get(run + "/plan?version=1").at("/version")).isEqualTo("1");
        assertThat(olivia.get(run + "/plan?version=7").status()).isEqualTo(404);
        assertThat(olivia.get(run + "/plan?version=x").at("/errors/0/field")).isEqualTo("version");
    }

    @Test
    void masksSecretsAndFiltersTheLog() {
        String run = start(olivia, "FLOW-10");
        reaches(run, "WAITING_FOR_APPROVAL");
        assertThat(olivia.get(run + "/log").text())
                .contains("looked at, password")
                .doesNotContain("s3cret");
        assertThat(olivia.get(run + "/log?host=ctl1&step=checkHosts").text().lines()).hasSize(1);
        Answer lines = olivia.get(run + "/log?host=ctl1", "application/x-ndjson");
        assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines.at("/host")).isEqualTo("ctl1");
        long last = lines.json().get("sequence").asLong();
        assertThat(olivia.get(run + "/log?host=ctl1&after=" + last).text()).isEmpty();
        assertThat(olivia.get(run + "/log?limit=1").text().lines()).hasSize(1);
        assertThat(olivia.get(run + "/log?limit=0").at("/errors/0/field")).isEqualTo("limit");
        assertThat(olivia.get(run + "/log?after=x").at("/errors/0/field")).isEqualTo("after");
    }

    @Test
    void followsTheLogUntilTheRunEnds() throws Exception {
        String run = start(olivia, "FLOW-11");
        reaches(run, "WAITING_FOR_APPROVAL");
        var events =
                java.util.concurrent.CompletableFuture.supplyAsync(
                        () -> olivia.get(run + "/log", "text/event-stream").text());
        var text =
                java.util.concurrent.CompletableFuture.supplyAsync(
                        () -> olivia.get(run + "/log?follow=true&host=ctl2").text());
        decide(adam, run, "approve", Stage.DIGEST);
        reaches(run, "SUCCEEDED");
        assertThat(events.get())
                .contains("event: line\ndata: {")
                .contains("adam approved")
                .endsWith("event: end\ndata: {\"state\":\"SUCCEEDED\"}\n\n");
        assertThat(text.get()).endsWith("-- SUCCEEDED\n").doesNotContain(" ctl1 ");
    }
}
