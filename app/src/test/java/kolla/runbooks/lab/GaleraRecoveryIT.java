package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The worst nights, on real hosts, under a client that remembers every acknowledged commit:
 * whatever a reachable host has is there afterwards, on every member. Where hosts disagree or are
 * away is {@link GaleraSplitIT}.
 */
class GaleraRecoveryIT extends RecoveryDrill {

    @Test
    @Order(1)
    void aHealthyClusterIsOnlyLookedAt() {
        Map<String, String> before = cluster.startedAt();

        String run = begin();
        program.await(run, LIMIT, "SUCCEEDED");

        assertThat(cluster.startedAt()).isEqualTo(before);
        assertThat(program.actions(run)).isEmpty();
    }

    @Test
    @Order(2)
    void aMissingNodeRejoinsWithoutABootstrap() throws SQLException {
        mariadb("stop", "ctl3");
        write("ctl1", 50);
        Map<String, String> before = cluster.startedAt();

        String run = begin();
        program.approve(run);
        program.await(run, LIMIT, "SUCCEEDED");

        assertThat(cluster.startedAt()).containsAllEntriesOf(before);
        everyCommitIsOnEveryHost();
        assertThat(bootstraps(run)).isZero();
    }

    @Test
    @Order(3)
    void allStoppedGracefullyTheMostAdvancedIsStartedAndTheOthersJoin() throws SQLException {
        mariadb("stop", "ctl1");
        write("ctl2", 30);
        mariadb("stop", "ctl2");
        write("ctl3", 30);
        mariadb("stop", "ctl3");
        Instant begun = Instant.now();

        String run = begin();
        assertThat(planText(run)).contains("ctl3 has the highest position");
        program.approve(run);
        Instant approved = Instant.now();
        program.await(run, LIMIT, "SUCCEEDED");

        say("graceful stop of all three", begun, approved);
        everyCommitIsOnEveryHost();
        assertThat(bootstraps(run)).isOne();
        noStartWouldBootstrap();
    }

    @Test
    @Order(4)
    void powerIsLostOnAllThreeUnderWrites() throws SQLException {
        commits.through(address("ctl1"));
        commits.begin();
        commits.awaitMore(200);
        lab.run("break", "power-off", "ctl1", "ctl2", "ctl3");
        Set<Long> acknowledged = commits.end();
        lab.run("mend", "power-off", "ctl1", "ctl2", "ctl3");

        String run = begin();
        JsonNode seen = program.await(run, LIMIT, "WAITING_FOR_APPROVAL", "SUCCEEDED");
        if (seen.get("state").asText().equals("WAITING_FOR_APPROVAL")) {
            program.approve(run);
        }
        program.await(run, LIMIT, "SUCCEEDED");

        System.out.println(
                acknowledged.size() + " commits were acknowledged before the power went");
        everyCommitIsOnEveryHost();
    }

    @Test
    @Order(5)
    void twoCrashedAndOneBehindThatClaimsToBeSafe() throws SQLException {
        mariadb("stop", "ctl3");
        commits.through(address("ctl1"));
        commits.begin();
        commits.awaitMore(150);
        mariadb("kill", "ctl2");
        mariadb("kill", "ctl1");
        commits.end();
        cluster.on(
                "ctl3",
                "sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 1/' " + DATA + "/grastate.dat");

        String run = begin();
        assertThat(planText(run)).doesNotContain("ctl3 has the highest position");
        program.approve(run);
        program.await(run, LIMIT, "SUCCEEDED");

        everyCommitIsOnEveryHost();
    }

    @Test
    @Order(6)
    void aJoinerKilledInTheMiddleOfItsTransferIsTriedAgain() throws SQLException {
        write("ctl1", 20);
        mariadb("stop", "ctl3");
        cluster.on(
                "ctl3",
                "cd " + DATA + " && mkdir ../by-the-test-$(date +%s) && mv ./* ../by-the-test-*/");

        String run = begin();
        program.approve(run);
        Awaitility.await("the transfer begins")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> cluster.on("ctl3", "ls -A " + DATA).contains("sst_in_progress"));
        mariadb("kill", "ctl3");
        program.await(run, LIMIT, "SUCCEEDED");

        everyCommitIsOnEveryHost();
        assertThat(program.actions(run).toString()).contains("move the data aside");
    }

    @Test
    @Order(7)
    void twoOperatorsAtOnceMakeOneRecovery() throws SQLException {
        write("ctl1", 10);
        stopAll();

        String first = begin();
        program.await(first, LIMIT, "WAITING_FOR_APPROVAL");
        String second = begin();
        JsonNode refused = program.await(second, LIMIT, "FAILED_STEP");

        assertThat(refused.toString()).contains("KR-LEASE-001", first);
        program.cancel(second);
        program.approve(first);
        program.await(first, LIMIT, "SUCCEEDED");
        everyCommitIsOnEveryHost();
    }

    @Test
    @Order(8)
    void theProgramIsKilledInEveryStepAndOneNodeIsBootstrappedOnce() throws Exception {
        write("ctl1", 10);
        stopAll();
        String uuid = cluster.on("ctl1", "grep uuid " + DATA + "/grastate.dat").strip();

        String run = begin();
        killIn(run, "lookAtGalera");
        program.approve(run);
        for (String step :
                List.of(
                        "confirmRecovery",
                        "keepGaleraData",
                        "makePrimary",
                        "joinGaleraNode",
                        "verifyRecovery")) {
            killIn(run, step);
        }
        program.await(run, LIMIT, "SUCCEEDED");

        assertThat(bootstraps(run)).isOne();
        assertThat(cluster.on("ctl3", "grep uuid " + DATA + "/grastate.dat").strip())
                .isEqualTo(uuid);
        everyCommitIsOnEveryHost();
        noStartWouldBootstrap();
    }

    @Test
    @Order(9)
    void theDiskOfTheMostAdvancedHostIsFullAndItIsNotReadUntilThatIsMended() throws SQLException {
        write("ctl1", 10);
        stopAll();
        lab.run("break", "disk-full", "ctl1");

        String run = begin();
        assertThat(planText(run))
                .contains("ctl1 could not be read", "no space left", "Two people have to approve");
        lab.run("mend", "disk-full", "ctl1");
        approveAll(run);
        program.await(run, LIMIT, "SUCCEEDED");

        everyCommitIsOnEveryHost();
    }

    @Test
    @Order(10)
    void aWatchOpensOneRecoveryThatWaitsForApproval() throws IOException, SQLException {
        write("ctl1", 10);
        stopAll();
        try (ProgramUnderTest watcher =
                ProgramUnderTest.of(lab, "galera-watch-it", 18085)
                        .with("runbooks.galera-watch.every", "PT1S")
                        .with("runbooks.galera-watch.after", "PT5S")) {
            watcher.start();
            Awaitility.await("the watch opens a run")
                    .atMost(LIMIT)
                    .until(() -> watcher.get("OPERATOR", "/api/runs").body().size() == 1);
            JsonNode run = watcher.get("OPERATOR", "/api/runs").body().get(0);
            assertThat(run.get("starter").asText()).isEqualTo("galera-watch");
            assertThat(run.get("reason").asText()).contains("out since");
            String id = run.get("id").asText();
            watcher.await(id, LIMIT, "WAITING_FOR_APPROVAL");

            watcher.kill();
            watcher.start();
            Awaitility.await("several more rounds open nothing")
                    .during(Duration.ofSeconds(8))
                    .atMost(LIMIT)
                    .until(() -> watcher.get("OPERATOR", "/api/runs").body().size() == 1);
            watcher.approve(id);
            watcher.await(id, LIMIT, "SUCCEEDED");
        }
        everyCommitIsOnEveryHost();
    }

    private void killIn(String run, String step) throws IOException {
        Awaitility.await("step " + step + " begins")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> program.hasBegun(run, step));
        program.kill();
        program.start();
        System.out.println("killed in " + step);
    }

    private static void say(String what, Instant begun, Instant approved) {
        System.out.println(
                what
                        + ": "
                        + Duration.between(begun, Instant.now()).toSeconds()
                        + " s in all, "
                        + Duration.between(approved, Instant.now()).toSeconds()
                        + " s after the approval");
    }
}
