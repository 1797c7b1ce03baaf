package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Nights on which a host is away, or hosts disagree about what happened. */
class GaleraSplitIT extends RecoveryDrill {

    @Override
    ProgramUnderTest program(Lab on) throws IOException {
        return super.program(on).with("runbooks.galera-watch.every", "PT5S");
    }

    @Test
    @Order(1)
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
        Instant on = Instant.now();
        String back = openedByTheWatch();
        String text = planText(back);
        System.out.println(
                "ctl3 ran alone for at most "
                        + Duration.between(on, Instant.now()).toSeconds()
                        + " s after its power came back");
        assertThat(text).contains("left behind", "joins empty");
        assertThat(mariadbRuns("ctl3")).isEqualTo("false");
        assertThat(program.actions(back).toString()).contains("stop the server that was left");
        approveAll(back);
        program.await(back, LIMIT, "SUCCEEDED");

        assertThat(commits.on(address("ctl3"))).containsAll(commits.on(address("ctl1")));
        assertThat(cluster.on("ctl3", "ls -d /var/lib/docker/volumes/mariadb/aside-*"))
                .contains(back);
        assertThat(cluster.galeraSizes()).containsOnly("3");
    }

    @Test
    @Order(2)
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
    @Order(3)
    void aPartitionThatLeavesAllNonPrimaryIsPromotedInPlace() throws SQLException {
        write("ctl1", 20);
        Map<String, String> before = cluster.startedAt();
        lab.run("break", "partition", "ctl1");
        lab.run("break", "partition", "ctl2");
        Awaitility.await("nobody is in a primary component")
                .atMost(LIMIT)
                .until(
                        () ->
                                LabCluster.HOSTS.stream()
                                        .allMatch(h -> status(h).endsWith("non-Primary")));

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

    /** The run that nobody asked for. */
    private String openedByTheWatch() {
        return Awaitility.await("the watch opens a run")
                .atMost(LIMIT)
                .until(
                        () ->
                                StreamSupport.stream(
                                                program.get("OPERATOR", "/api/runs")
                                                        .body()
                                                        .spliterator(),
                                                false)
                                        .filter(r -> !r.has("endedAt"))
                                        .filter(
                                                r ->
                                                        r.get("starter")
                                                                .asText()
                                                                .equals("galera-watch"))
                                        .map(r -> r.get("id").asText())
                                        .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private String mariadbRuns(String host) {
        return cluster.on(host, "docker inspect -f '{{.State.Running}}' mariadb").strip();
    }

    private String status(String host) {
        return cluster.sql(host, "SHOW STATUS LIKE 'wsrep_cluster_status'");
    }

    private void anotherPlan(String run, String digest) {
        Awaitility.await("the plan that follows from the choice is asked about")
                .atMost(LIMIT)
                .until(
                        () ->
                                program.state(run).equals("WAITING_FOR_APPROVAL")
                                        && !program.digest(run).equals(digest));
    }

    /** A server without the wrapper starts its tables as a new history; then it is written to. */
    private void bootstrapSeparately(String host) {
        String password = cluster.password("database_password");
        String script =
                """
                set -e
                trap 'docker rm -f rogue >/dev/null 2>&1' EXIT
                image=$(docker inspect -f '{{.Config.Image}}' mariadb)
                rm %s/grastate.dat
                docker run -d --name rogue --network host -e KOLLA_CONFIG_STRATEGY=COPY_ALWAYS \
                  -v /etc/kolla/mariadb:/var/lib/kolla/config_files:ro -v mariadb:/var/lib/mysql \
                  -v kolla_logs:/var/log/kolla --entrypoint bash "$image" \
                  -c 'sudo -n kolla_set_configs && exec mariadbd --wsrep-new-cluster' >/dev/null
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
                """
                        .formatted(DATA, password, password, password);
        cluster.on(host, script);
    }
}
