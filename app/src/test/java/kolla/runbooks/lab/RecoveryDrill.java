package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What drills of the recovery share: the control plane on the lab, the program, and a client that
 * remembers every acknowledged commit. A control plane that stands is not deployed again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class RecoveryDrill {

    static final Duration LIMIT = Duration.ofMinutes(5);
    static final String DATA = "/var/lib/docker/volumes/mariadb/_data";

    Lab lab;
    LabCluster cluster;
    ProgramUnderTest program;
    CommitRecorder commits;
    private int tickets;

    @BeforeAll
    void stands() throws IOException, SQLException {
        lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        program = program(lab);
        program.start();
        cluster.deployed(program, "GALERA-" + System.nanoTime());
        cluster.awaitGalera(LIMIT);
        commits = new CommitRecorder(address("ctl1"), cluster.password("database_password"));
        commits.prepare();
    }

    ProgramUnderTest program(Lab on) throws IOException {
        return ProgramUnderTest.of(on, "galera-recovery-it", 18084);
    }

    @AfterEach
    void whole() throws SQLException {
        commits.end();
        commits.forget();
        lab.run("mend", "all");
        program.cancelAll();
        if (!isWhole()) {
            heal();
        }
        commits.through(address("ctl1"));
        commits.prepare();
    }

    private boolean isWhole() {
        try {
            return cluster.galeraSizes().equals(List.of("3", "3", "3"));
        } catch (IllegalStateException down) {
            return false;
        }
    }

    /** What one test leaves broken must not fail the next: the runbook itself mends it. */
    private void heal() {
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
    }

    @AfterAll
    void stop() {
        commits.close();
        program.close();
    }

    String begin() {
        return program.begin("galera-recovery", "DRILL-" + System.nanoTime() + "-" + ++tickets);
    }

    String planText(String run) {
        program.await(run, LIMIT, "WAITING_FOR_APPROVAL");
        String text = program.planText(run);
        System.out.println(text);
        return text;
    }

    /** By one person, and by another where the plan asks for two. */
    void approveAll(String run) {
        program.approve(run);
        Awaitility.await().until(() -> !program.state(run).equals("WAITING_FOR_APPROVAL"));
        JsonNode seen = program.await(run, LIMIT, "WAITING_FOR_APPROVAL", "SUCCEEDED");
        if (seen.get("state").asText().equals("WAITING_FOR_APPROVAL")) {
            assertThat(program.decide("APPROVER2", run, "approve", program.digest(run)).status())
                    .isLessThan(300);
        }
    }

    ProgramUnderTest.Answer choose(String user, String run, String digest, String host) {
        return program.post(
                user,
                "/api/runs/" + run + "/approval",
                Map.of("decision", "approve", "planDigest", digest, "chosenHost", host));
    }

    void write(String through, int howMany) {
        commits.through(address(through));
        commits.begin();
        commits.awaitMore(howMany);
        commits.end();
    }

    void mariadb(String verb, String host) {
        cluster.on(host, "docker " + verb + " mariadb");
    }

    void stopAll() {
        List.of("ctl3", "ctl2", "ctl1").forEach(h -> mariadb("stop", h));
    }

    /** How often a server was started as a new cluster by this run. */
    long bootstraps(String run) {
        return StreamSupport.stream(program.actions(run).spliterator(), false)
                .filter(a -> a.toString().contains("its server starts with wsrep_cluster_address"))
                .count();
    }

    void noStartWouldBootstrap() {
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

    void everyCommitIsOnEveryHost() throws SQLException {
        Set<Long> acknowledged = new TreeSet<>(commits.acknowledged());
        assertThat(acknowledged).isNotEmpty();
        for (String host : LabCluster.HOSTS) {
            assertThat(commits.on(address(host))).as(host).containsAll(acknowledged);
        }
        assertThat(cluster.galeraSizes()).containsOnly("3");
    }

    String address(String host) {
        return lab.cluster().inventory().host(host).login().address();
    }
}
