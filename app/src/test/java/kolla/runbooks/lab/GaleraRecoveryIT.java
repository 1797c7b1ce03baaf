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
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The worst nights, on real hosts, under a client that remembers every acknowledged commit:
 * whatever a reachable host has is there afterwards, on every member.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GaleraRecoveryIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String DATA = "/var/lib/docker/volumes/mariadb/_data";

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;
    private CommitRecorder commits;
    private int tickets;

    @BeforeAll
    void stands() throws IOException, SQLException {
        lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        program = ProgramUnderTest.of(lab, "galera-recovery-it", 18084);
        program.start();
        cluster.deployed(program, "GALERA-" + System.nanoTime());
        cluster.awaitGalera(LIMIT);
        commits = new CommitRecorder(address("ctl1"), cluster.password("database_password"));
        commits.prepare();
    }

    @AfterEach
    void whole() throws SQLException {
        commits.end();
        commits.forget();
        lab.run("mend", "all");
        cluster.on("ctl3", "docker rm -f rogue >/dev/null 2>&1 || true");
        program.cancelAll();
        heal();
    }

    /** What one test leaves broken must not fail the next: the runbook itself mends it. */
    private void heal() throws SQLException {
        String run = begin();
        for (int approvals = 0; approvals < 4; approvals++) {
            JsonNode seen = program.await(run, LIMIT, "WAITING_FOR_APPROVAL", "SUCCEEDED");
            if (seen.get("state").asText().equals("SUCCEEDED")) {
                break;
            }
            String digest = program.digest(run);
            String host = program.planText(run).contains("approve and name the host") ? "ctl1" : "";
            if (choose("APPROVER", run, digest, host).status() >= 300) {
                choose("APPROVER2", run, digest, host);
            }
            Awaitility.await().until(() -> !program.state(run).equals("WAITING_FOR_APPROVAL"));
        }
        program.await(run, LIMIT, "SUCCEEDED");
        commits.through(address("ctl1"));
        commits.prepare();
    }

    @AfterAll
    void stop() {
        commits.close();
        program.close();
    }

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
    @Tag("drill")
    @Order(6)
    void theHostWithTheHighestPositionIsAwayAndComesBackFenced() throws SQLException {
        write("ctl1", 20);
        Set<Long> known = commits.acknowledged();
        mariadb("stop", "ctl1");
        mariadb("stop", "ctl2");
        write("ctl3", 40);
        lab.run("break", "power-off", "ctl3");

        String run = begin();
        assertThat(planText(run)).contains("ctl3 could not be read", "Two people have to approve");
        program.approve(run);
        program.await(run, LIMIT, "WAITING_FOR_APPROVAL");
        assertThat(program.decide("APPROVER", run, "approve", program.digest(run)).status())
                .as("the same person again")
                .isBetween(400, 499);
        assertThat(program.decide("APPROVER2", run, "approve", program.digest(run)).status())
                .isLessThan(300);
        program.await(run, LIMIT, "SUCCEEDED");
        assertThat(commits.on(address("ctl1"))).containsAll(known);
        commits.through(address("ctl1"));
        commits.prepare();
        commits.forget();
        // past the number that the absent host had: from here on Galera alone would not notice
        write("ctl1", 200);
        known.addAll(commits.acknowledged());

        lab.run("mend", "power-off", "ctl3");
        Awaitility.await("ctl3 is refused by the recovered cluster")
                .atMost(LIMIT)
                .until(() -> log("ctl1").contains(address("ctl3") + " not found in allowlist"));
        String back = begin();
        assertThat(planText(back)).contains("left behind", "joins empty");
        approveAll(back);
        program.await(back, LIMIT, "SUCCEEDED");

        assertThat(commits.on(address("ctl3"))).containsAll(commits.on(address("ctl1")));
        assertThat(cluster.on("ctl3", "ls -d /var/lib/docker/volumes/mariadb/aside-*"))
                .contains(back);
        assertThat(cluster.galeraSizes()).containsOnly("3");
    }

    @Test
    @Tag("drill")
    @Order(7)
    void aNodeThatWasBootstrappedSeparatelyIsForAPersonToDecide() throws SQLException {
        write("ctl1", 20);
        Set<Long> known = commits.acknowledged();
        stopAll();
        bootstrapSeparately("ctl3");

        String run = begin();
        assertThat(planText(run)).contains("different histories");
        String digest = program.digest(run);
        assertThat(choose("APPROVER", run, digest, "").status()).isBetween(400, 499);
        assertThat(choose("APPROVER", run, digest, "ctl9").status()).isBetween(400, 499);
        assertThat(choose("APPROVER", run, digest, "ctl1").status()).isLessThan(300);
        anotherPlan(run, digest);
        program.approve(run);
        program.await(run, LIMIT, "WAITING_FOR_APPROVAL");
        assertThat(program.decide("APPROVER2", run, "approve", program.digest(run)).status())
                .isLessThan(300);
        program.await(run, LIMIT, "SUCCEEDED");

        for (String host : LabCluster.HOSTS) {
            assertThat(commits.on(address(host))).containsAll(known);
        }
        assertThat(cluster.on("ctl3", "ls -d /var/lib/docker/volumes/mariadb/aside-*"))
                .contains(run);
    }

    @Test
    @Tag("drill")
    @Order(8)
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
    @Tag("drill")
    @Order(9)
    void aPartitionThatLeavesAllNonPrimaryIsPromotedInPlace() throws SQLException {
        write("ctl1", 20);
        Map<String, String> before = cluster.startedAt();
        lab.run("break", "partition", "ctl1");
        lab.run("break", "partition", "ctl2");

        String run = begin();
        assertThat(planText(run)).contains("declared the primary component in place");
        program.approve(run);
        Awaitility.await("one was made primary")
                .atMost(LIMIT)
                .until(() -> program.actions(run).toString().contains("declare primary"));
        lab.run("mend", "all");
        program.await(run, LIMIT, "SUCCEEDED");

        everyCommitIsOnEveryHost();
        System.out.println(
                "restarted by the recovery: "
                        + LabCluster.changed(before, cluster.startedAt()).stream()
                                .filter(c -> c.contains("/mariadb"))
                                .toList());
    }

    @Test
    @Tag("drill")
    @Order(10)
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
    @Tag("drill")
    @Order(11)
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
    @Tag("drill")
    @Order(12)
    void theDiskOfTheChosenHostIsFull() throws SQLException {
        write("ctl1", 10);
        stopAll();
        lab.run("break", "disk-full", "ctl1");

        String run = begin();
        JsonNode seen = program.await(run, LIMIT, "WAITING_FOR_APPROVAL", "FAILED_STEP");
        System.out.println("full disk: " + seen.get("state") + "\n" + program.planText(run));
        lab.run("mend", "disk-full", "ctl1");
        if (seen.get("state").asText().equals("FAILED_STEP")) {
            program.retry(run);
        }
        approveAll(run);
        program.await(run, LIMIT, "SUCCEEDED");

        everyCommitIsOnEveryHost();
    }

    @Test
    @Tag("drill")
    @Order(13)
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

    // ---- parts

    private String begin() {
        return program.begin("galera-recovery", "DRILL-" + System.nanoTime() + "-" + ++tickets);
    }

    private String planText(String run) {
        program.await(run, LIMIT, "WAITING_FOR_APPROVAL");
        String text = program.planText(run);
        System.out.println(text);
        return text;
    }

    /** By one person, and by another where the plan asks for two. */
    private void approveAll(String run) {
        program.approve(run);
        Awaitility.await().until(() -> !program.state(run).equals("WAITING_FOR_APPROVAL"));
        JsonNode seen = program.await(run, LIMIT, "WAITING_FOR_APPROVAL", "SUCCEEDED");
        if (seen.get("state").asText().equals("WAITING_FOR_APPROVAL")) {
            assertThat(program.decide("APPROVER2", run, "approve", program.digest(run)).status())
                    .isLessThan(300);
        }
    }

    private ProgramUnderTest.Answer choose(String user, String run, String digest, String host) {
        return program.post(
                user,
                "/api/runs/" + run + "/approval",
                Map.of("decision", "approve", "planDigest", digest, "chosenHost", host));
    }

    private void anotherPlan(String run, String digest) {
        Awaitility.await("the plan that follows from the choice is asked about")
                .atMost(LIMIT)
                .until(
                        () ->
                                program.state(run).equals("WAITING_FOR_APPROVAL")
                                        && !program.digest(run).equals(digest));
    }

    private void write(String through, int howMany) {
        commits.through(address(through));
        commits.begin();
        commits.awaitMore(howMany);
        commits.end();
    }

    private void mariadb(String verb, String host) {
        cluster.on(host, "docker " + verb + " mariadb");
    }

    private void stopAll() {
        List.of("ctl3", "ctl2", "ctl1").forEach(h -> mariadb("stop", h));
    }

    /** A server without the wrapper starts its tables as a new history; then it is written to. */
    private void bootstrapSeparately(String host) {
        String password = cluster.password("database_password");
        String script =
                """
                set -e
                image=$(docker inspect -f '{{.Config.Image}}' mariadb)
                rm %s/grastate.dat
                docker run -d --name rogue --network host -e KOLLA_CONFIG_STRATEGY=COPY_ALWAYS \
                  -v /etc/kolla/mariadb:/var/lib/kolla/config_files:ro -v mariadb:/var/lib/mysql \
                  -v kolla_logs:/var/log/kolla --entrypoint bash "$image" \
                  -c 'sudo -E kolla_set_configs && exec mariadbd --wsrep-new-cluster' >/dev/null
                for i in $(seq 60); do
                  docker exec -e MYSQL_PWD=%s rogue mariadb -uroot -e 'select 1' >/dev/null 2>&1 && break
                  sleep 1
                done
                docker exec -e MYSQL_PWD=%s rogue mariadb -uroot -e 'select 1' >/dev/null || {
                  docker logs rogue 2>&1 | tail -n 5
                  tail -n 30 /var/lib/docker/volumes/kolla_logs/_data/mariadb/mariadb.log
                  exit 1
                }
                for i in $(seq 400); do echo "REPLACE INTO kr_drill.commits VALUES (-1, $i);"; done |
                  docker exec -i -e MYSQL_PWD=%s rogue mariadb -uroot
                docker stop rogue >/dev/null
                docker rm rogue >/dev/null
                """
                        .formatted(DATA, password, password, password);
        cluster.on(host, script);
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

    /** How often a server was started as a new cluster by this run. */
    private long bootstraps(String run) {
        return StreamSupport.stream(program.actions(run).spliterator(), false)
                .filter(a -> a.toString().contains("its server starts with wsrep_cluster_address"))
                .count();
    }

    private void noStartWouldBootstrap() {
        for (String host : LabCluster.HOSTS) {
            assertThat(cluster.on(host, "cat /etc/kolla/mariadb/galera.cnf"))
                    .doesNotContainPattern("gcomm://\\s*(\n|$)");
            assertThat(cluster.on(host, "docker inspect mariadb"))
                    .doesNotContain("wsrep-new-cluster");
        }
        mariadb("restart", "ctl1");
        Awaitility.await("a restart joins and does not bootstrap")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> cluster.galeraSizes().equals(List.of("3", "3", "3")));
    }

    private void everyCommitIsOnEveryHost() throws SQLException {
        Set<Long> acknowledged = new TreeSet<>(commits.acknowledged());
        assertThat(acknowledged).isNotEmpty();
        for (String host : LabCluster.HOSTS) {
            assertThat(commits.on(address(host))).as(host).containsAll(acknowledged);
        }
        assertThat(cluster.galeraSizes()).containsOnly("3");
    }

    private String log(String host) {
        return cluster.on(
                host, "tail -n 40 /var/lib/docker/volumes/kolla_logs/_data/mariadb/mariadb.log");
    }

    private String address(String host) {
        return lab.cluster().inventory().host(host).login().address();
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
