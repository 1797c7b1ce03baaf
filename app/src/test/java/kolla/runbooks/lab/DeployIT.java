package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The deploy runbook on real hosts: from nothing with the program killed again and again, then
 * everything that an operator does to the cluster that stands. In this order, because a deployment
 * from nothing takes minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployIT {

    private static final Duration CHANGE = Duration.ofMinutes(5);
    private static final Duration RESUME = Duration.ofSeconds(15);

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;

    @BeforeAll
    void bareHosts() throws IOException {
        lab = Lab.up();
        cluster = new LabCluster(lab);
        lab.run("mend", "all");
        lab.run("break", "wipe", "ctl1", "ctl2", "ctl3");
        program = ProgramUnderTest.of(lab, "deploy-it", 18080);
        program.start();
    }

    @AfterAll
    void stop() {
        lab.run("mend", "all");
        program.close();
    }

    @Test
    @Order(1)
    void refusesARequestThatIsNotRightAndNamesEveryField() {
        ProgramUnderTest.Answer answer =
                program.post(
                        "OPERATOR",
                        "/api/clusters/moon/runs",
                        Map.of("runbook", "deploy", "ticket", "not right", "reason", ""));

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body().toString()).contains("moon", "lab");
        assertThat(program.get("OPERATOR", "/api/runs").body()).isEmpty();
    }

    @Test
    @Order(2)
    void deploysFromNothingAlthoughTheProgramIsKilledInEachPart() throws IOException {
        String run = program.deploy("FROM-NOTHING");
        program.approve(run);
        for (String moment :
                List.of(
                        "pullImages",
                        "bootstrap_mariadb",
                        "create rabbitmq",
                        "mariadb_clustercheck",
                        "keystone")) {
            killWhenTheJournalSpeaksOf(run, moment);
        }
        program.await(run, LabCluster.FROM_NOTHING, "SUCCEEDED");

        assertThat(program.doneMoreThanOnce(run)).as("actions that were completed twice").isEmpty();
        assertThat(cluster.galeraSizes()).containsOnly("3");
        assertThat(cluster.vipHolders()).hasSize(1);
        assertThat(cluster.tokenThroughTheVip()).isEqualTo("201");
    }

    @Test
    @Order(3)
    void changesNothingTheSecondTimeAndAsksNobody() {
        Map<String, String> before = cluster.startedAt();
        Instant begun = Instant.now();

        String run = program.deploy("AGAIN");
        program.await(run, CHANGE, "SUCCEEDED");

        System.out.println(
                "unchanged deploy: " + Duration.between(begun, Instant.now()).toMillis() + " ms");
        assertThat(cluster.startedAt()).isEqualTo(before);
        assertThat(program.actions(run)).isEmpty();
    }

    @Test
    @Order(4)
    void theSameTicketTwiceIsTheSameRun() {
        ProgramUnderTest.Answer again = program.ask("TICKETS", "AGAIN");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().get("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    @Order(5)
    void theStarterCannotApproveAndAnotherDigestIsRefused() throws IOException {
        try (ConfigOverride change =
                ConfigOverride.of(lab, "keystone.conf", "[DEFAULT]\ndebug = true\n")) {
            String run = program.deploy("OWN-APPROVAL");
            program.await(run, CHANGE, "WAITING_FOR_APPROVAL");
            String digest = program.digest(run);

            assertThat(program.decide("OPERATOR", run, "approve", digest).status()).isEqualTo(403);
            assertThat(program.decide("VIEWER", run, "approve", digest).status()).isEqualTo(403);
            assertThat(program.decide("APPROVER", run, "approve", "0".repeat(64)).status())
                    .isEqualTo(409);
            assertThat(program.decide("APPROVER", run, "perhaps", digest).status())
                    .isBetween(400, 422);
            assertThat(program.state(run)).isEqualTo("WAITING_FOR_APPROVAL");

            Map<String, String> before = cluster.startedAt();
            assertThat(program.decide("APPROVER", run, "reject", digest).status()).isLessThan(300);
            program.await(run, CHANGE, "REJECTED");
            assertThat(cluster.startedAt()).isEqualTo(before);
        }
    }

    @Test
    @Order(6)
    void aPlanThatChangedSinceItWasApprovedIsAskedAgain() throws IOException {
        try (ConfigOverride first =
                ConfigOverride.of(lab, "keystone.conf", "[DEFAULT]\ndebug = true\n")) {
            String run = program.deploy("CHANGED-PLAN");
            program.await(run, CHANGE, "WAITING_FOR_APPROVAL");
            String digest = program.digest(run);
            first.write("[DEFAULT]\ndebug = true\ninsecure_debug = false\nmax_token_size = 300\n");
            assertThat(program.decide("APPROVER", run, "approve", digest).status()).isLessThan(300);

            Awaitility.await().atMost(CHANGE).until(() -> !program.digest(run).equals(digest));
            program.await(run, CHANGE, "WAITING_FOR_APPROVAL");
            program.cancel(run);
            program.await(run, CHANGE, "CANCELLED");
        }
    }

    @Test
    @Order(7)
    void aChangedSettingRestartsOnlyWhatItTouches() throws IOException {
        Map<String, String> before = cluster.startedAt();
        try (ConfigOverride change =
                ConfigOverride.of(lab, "keystone.conf", "[DEFAULT]\nmax_token_size = 300\n")) {
            deployAndApprove("ONE-SETTING");
            assertThat(LabCluster.changed(before, cluster.startedAt()))
                    .containsExactlyInAnyOrder("ctl1/keystone", "ctl2/keystone", "ctl3/keystone");
            assertThat(cluster.tokenThroughTheVip()).isEqualTo("201");
        }
        deployAndApprove("SETTING-BACK");
    }

    @Test
    @Order(8)
    void aHostThatCannotBeReachedStopsTheRunUntilItIsMendedAndRetried() {
        lab.run("break", "power-off", "ctl3");
        String run = program.deploy("HOST-AWAY");
        JsonNode failed = program.await(run, CHANGE, "FAILED_STEP");
        assertThat(failed.get("failures").toString()).contains("ctl3", "KR-PREFLIGHT-001");

        lab.run("mend", "power-off", "ctl3");
        cluster.awaitGalera(CHANGE);
        program.retry(run);
        finishAfterRetry(run);
    }

    @Test
    @Order(9)
    void aChangedHostKeyStopsTheRun() {
        lab.run("break", "host-key", "ctl2");
        try {
            // Connections that stand were checked when they were made; a new program makes new
            // ones.
            program.kill();
            program.start();
            String run = program.deploy("OTHER-KEY");
            JsonNode failed = program.await(run, CHANGE, "FAILED_STEP");
            assertThat(failed.get("failures").toString()).contains("ctl2", "KR-HOST-003");
            program.cancel(run);
        } finally {
            program.cancelAll();
            lab.run("mend", "host-key", "ctl2");
        }
    }

    @Test
    @Order(10)
    void oneRunAtATimeChangesACluster() throws IOException {
        try (ConfigOverride change =
                ConfigOverride.of(lab, "keystone.conf", "[DEFAULT]\ndebug = true\n")) {
            String first = program.deploy("FIRST");
            program.await(first, CHANGE, "WAITING_FOR_APPROVAL");
            String second = program.deploy("SECOND");

            JsonNode refused = program.await(second, CHANGE, "FAILED_STEP");
            assertThat(refused.get("failures").toString()).contains("KR-LEASE-001", first);
            program.cancel(second);
            program.cancel(first);
            program.await(first, CHANGE, "CANCELLED");
        }
    }

    @Test
    @Order(11)
    void anImageThatIsNotInTheRegistryHarmsNothing() throws IOException {
        Map<String, String> before = cluster.startedAt();
        try (ConfigOverride tag = ConfigOverride.ofGlobals(lab, "openstack_tag: no-such-tag\n")) {
            String run = program.deploy("NO-IMAGE");
            program.approve(run);
            JsonNode failed = program.await(run, CHANGE, "FAILED_STEP");
            assertThat(failed.get("failures").toString()).contains("KR-ENGINE-002", "no-such-tag");
            program.cancel(run);
        }
        assertThat(cluster.startedAt()).isEqualTo(before);
    }

    @Test
    @Order(12)
    void aFullDiskIsReportedBeforeAnythingIsTouched() {
        lab.run("break", "disk-full", "ctl2");
        try {
            String run = program.deploy("DISK-FULL");
            JsonNode failed = program.await(run, CHANGE, "FAILED_STEP");
            assertThat(failed.get("failures").toString()).contains("KR-PREFLIGHT-001", "ctl2 disk");
            program.cancel(run);
        } finally {
            lab.run("mend", "disk-full", "ctl2");
        }
    }

    @Test
    @Order(13)
    void aWrongDatabasePasswordIsUnknownAndSoNothingIsTouched() throws IOException {
        Map<String, String> before = cluster.startedAt();
        Path passwords = lab.clusterFolder().resolve("passwords.yml");
        String text = Files.readString(passwords);
        try {
            Files.writeString(
                    passwords,
                    text.replaceAll(
                            "(?m)^database_password:.*$", "database_password: not-the-one"));
            String run = program.deploy("WRONG-PASSWORD");
            JsonNode failed = program.await(run, CHANGE, "FAILED_STEP");
            assertThat(failed.get("failures").toString()).contains("KR-GALERA-002");
            assertThat(program.actions(run)).isEmpty();
            program.cancel(run);
        } finally {
            Files.writeString(passwords, text);
        }
        assertThat(cluster.startedAt()).isEqualTo(before);
    }

    @Test
    @Order(14)
    void aClusterWhoseGaleraIsDownIsNotTouched() {
        for (String host : LabCluster.HOSTS) {
            cluster.on(host, "docker stop -t 60 mariadb");
        }
        String run = program.deploy("GALERA-DOWN");
        JsonNode failed = program.await(run, CHANGE, "FAILED_STEP");

        assertThat(failed.get("failures").toString()).contains("KR-GALERA-001", "galera-recovery");
        assertThat(program.actions(run)).isEmpty();
        program.cancel(run);
    }

    // ---- What the tests do and see
    // ---------------------------------------------------------------

    private void deployAndApprove(String ticket) {
        String run = program.deploy(ticket);
        program.approve(run);
        program.await(run, CHANGE, "SUCCEEDED");
    }

    /** What a host's absence left behind may need changes, or none. */
    private void finishAfterRetry(String run) {
        Awaitility.await()
                .atMost(CHANGE)
                .until(
                        () ->
                                List.of("WAITING_FOR_APPROVAL", "SUCCEEDED")
                                        .contains(program.state(run)));
        if (program.state(run).equals("WAITING_FOR_APPROVAL")) {
            program.approve(run);
        }
        program.await(run, CHANGE, "SUCCEEDED");
    }

    private void killWhenTheJournalSpeaksOf(String run, String moment) throws IOException {
        Awaitility.await("the journal speaks of " + moment)
                .atMost(LabCluster.FROM_NOTHING)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> program.actions(run).toString().contains(moment));
        program.kill();
        long steps = program.stepsBegun(run);
        program.start();
        Instant up = Instant.now();
        Awaitility.await("the run goes on after the kill at " + moment)
                .atMost(RESUME)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> program.stepsBegun(run) > steps);
        System.out.println(
                "killed at "
                        + moment
                        + ", goes on after "
                        + Duration.between(up, Instant.now()).toMillis()
                        + " ms");
    }
}
