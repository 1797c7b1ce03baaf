package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Things are taken away and given back while clients go on logging in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaintenanceIT {

    private static final Duration RESTARTS = Duration.ofMinutes(10);
    private static final Duration CHANGE = Duration.ofMinutes(5);

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;

    @BeforeAll
    void stands() throws IOException {
        lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        program = ProgramUnderTest.of(lab, "maintenance-it", 18087);
        program.start();
        cluster.deployed(program, "STANDS");
    }

    @AfterAll
    void stop() {
        lab.run("mend", "all");
        program.close();
    }

    /** What a test that failed left behind holds the lease. */
    @BeforeEach
    void free() {
        program.cancelAll();
    }

    @Test
    @Tag("long")
    @Order(1)
    void servicesAreRestartedOnEveryHostAndClientsHardlyNotice() {
        Map<String, String> before = cluster.startedAt();
        // a broker's restart takes longest; the maintenance below has one
        String services = "loadbalancer,memcached,mariadb,keystone";
        String run =
                program.begin(
                        "rolling-restart",
                        "ALL-ANEW",
                        Map.of("services", services, "probe", "off"));
        program.approve(run);
        assertThat(program.planText(run)).contains("mariadb", "then ctl1", "running since");
        Instant begun = Instant.now();
        try (TokenClient client = TokenClient.of(cluster)) {
            program.await(run, RESTARTS, "SUCCEEDED");
            say("rolling-restart of " + services, begun, client);
            assertThat(client.failed()).hasSizeLessThanOrEqualTo(3);
        }

        assertThat(LabCluster.changed(before, cluster.startedAt()))
                .containsExactlyInAnyOrderElementsOf(
                        before.keySet().stream().filter(c -> !c.endsWith("/rabbitmq")).toList());
        assertThat(program.doneMoreThanOnce(run)).isEmpty();
        assertThat(cluster.galeraSizes()).containsOnly("3");
        assertThat(cluster.vipHolders()).hasSize(1);
    }

    @Test
    @Order(2)
    void theHolderOfTheVirtualAddressIsTakenOutPoweredOffAndBroughtInAgain() throws IOException {
        String host = cluster.vipHolders().get(0);
        String run = program.begin("host-maintenance", "NEW-FAN", Map.of("host", host));
        program.approve(run);
        assertThat(program.planText(run)).contains("TAKES " + host + " OUT", "needed: 2");
        Instant begun = Instant.now();
        try (TokenClient client = TokenClient.of(cluster)) {
            killedDuring(run, "takeServiceOut/rabbitmq");
            program.await(run, CHANGE, "WAITING_FOR_PERSON");
            say("taken out", begun, client);
            nothingRunsOn(host);
            assertThat(cluster.vipHolders()).hasSize(1).doesNotContain(host);

            refusedByTheLease(run);
            lab.run("break", "power-off", host);
            assertThat(cluster.tokenThroughTheVip()).isEqualTo("201");
            lab.run("mend", "power-off", host);
            Awaitility.await("the host is back")
                    .atMost(CHANGE)
                    .ignoreExceptions()
                    .untilAsserted(() -> nothingRunsOn(host));

            assertThat(workDone("VIEWER", run).status()).isEqualTo(403);
            assertThat(program.state(run)).isEqualTo("WAITING_FOR_PERSON");
            Instant back = Instant.now();
            assertThat(workDone("OPERATOR", run).status()).isEqualTo(200);
            program.await(run, CHANGE, "SUCCEEDED");
            say("brought in", back, client);
            assertThat(client.failed()).hasSizeLessThanOrEqualTo(3);
        }

        assertThat(program.doneMoreThanOnce(run)).isEmpty();
        assertThat(cluster.galeraSizes()).containsOnly("3");
        assertThat(cluster.vipHolders()).hasSize(1).doesNotContain(host);
        String after = program.deploy("NOTHING-LEFT");
        program.await(after, CHANGE, "SUCCEEDED");
        assertThat(program.actions(after)).isEmpty();
    }

    @Test
    @Order(3)
    void aConfigurationThatHaproxyRejectsStopsAtTheFirstHostAndGoesBack() throws IOException {
        Map<String, String> before = cluster.startedAt();
        String run;
        try (TokenClient client = TokenClient.of(cluster)) {
            try (ConfigOverride bad =
                    ConfigOverride.of(
                            lab,
                            "haproxy/services.d/bad.cfg",
                            "backend bad\n    balance by-the-weather\n")) {
                run = program.begin("reconfigure", "BAD-WEATHER", Map.of("soakMinutes", 0));
                program.approve(run);
                assertThat(program.planText(run)).contains("+    balance by-the-weather");
                assertThat(program.question(run, CHANGE, "did not come to its end: KR-LB-004"))
                        .contains("balance only supports");

                program.answer("APPROVER", run, "reject");
                program.question(run, CHANGE, "still says what this run was to reach");
            }
            program.answer("APPROVER2", run, "reject");
            program.await(run, CHANGE, "WENT_BACK");
            assertThat(client.failed()).isEmpty();
        }

        assertThat(cluster.startedAt()).isEqualTo(before);
        for (String host : LabCluster.HOSTS) {
            assertThat(cluster.on(host, "cat /etc/kolla/haproxy/services.cfg"))
                    .doesNotContain("by-the-weather");
        }
    }

    @Test
    @Tag("long")
    @Order(4)
    void aSettingReachesTheHostsOneByOneAndClientsDoNotNotice() throws IOException {
        Map<String, String> before = cluster.startedAt();
        try (ConfigOverride longer =
                        ConfigOverride.of(
                                lab, "keystone.conf", "[DEFAULT]\nmax_token_size = 304\n");
                TokenClient client = TokenClient.of(cluster)) {
            String run = program.begin("reconfigure", "LONGER", Map.of("soakMinutes", 0));
            program.approve(run);
            String asked = program.question(run, CHANGE, "the canary, runs the target");
            assertThat(LabCluster.changed(before, cluster.startedAt()))
                    .singleElement()
                    .asString()
                    .endsWith("/keystone");
            program.answer("APPROVER", run, "wait");
            Awaitility.await("the run asks anew")
                    .atMost(CHANGE)
                    .ignoreExceptions()
                    .until(
                            () ->
                                    program.state(run).equals("WAITING_FOR_APPROVAL")
                                            && !program.planText(run).equals(asked));
            program.answer("APPROVER2", run, "approve");
            program.await(run, CHANGE, "SUCCEEDED");

            assertThat(client.failed()).isEmpty();
        }
        assertThat(LabCluster.changed(before, cluster.startedAt()))
                .hasSize(3)
                .allMatch(c -> c.endsWith("/keystone"));
    }

    private void killedDuring(String run, String step) {
        Awaitility.await("step " + step)
                .atMost(CHANGE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> program.hasBegun(run, step));
        program.kill();
        program.start();
    }

    private void nothingRunsOn(String host) {
        assertThat(cluster.on(host, "docker ps --format '{{.Names}}'")).isBlank();
    }

    private void refusedByTheLease(String run) {
        String meanwhile = program.deploy("MEANWHILE");
        JsonNode refused = program.await(meanwhile, CHANGE, "FAILED_STEP");
        assertThat(refused.get("failures").toString()).contains("KR-LEASE-001", run);
        program.cancel(meanwhile);
    }

    private ProgramUnderTest.Answer workDone(String user, String run) {
        return program.post(
                user, "/api/runs/" + run + "/work-done", Map.of("comment", "a new fan"));
    }

    private static void say(String what, Instant begun, TokenClient client) {
        System.out.println(
                List.of(
                        what,
                        Duration.between(begun, Instant.now()).toSeconds() + " s",
                        client.toString()));
    }
}
