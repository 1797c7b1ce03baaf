package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * From Zed on Debian 12 to 2025.1 on Debian 13, on real hosts, while the probe uses the cloud. The
 * hosts are wiped at the end: there is no way back to the release that the other tests deploy.
 */
@Tag("upgrade")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String SERVICES = "loadbalancer,memcached,mariadb,keystone";

    /** Tells its version and ends when it is to serve. */
    private static final String CRASHING =
            """
            set -e
            image=$(docker inspect -f '{{.Config.Image}}' memcached)
            user=$(docker inspect -f '{{.Config.User}}' memcached)
            broken=${image%%:*-*}:crashing
            docker build -q -t "$broken" - >/dev/null <<EOF
            FROM $image
            USER root
            RUN mv /usr/bin/memcached /usr/bin/memcached.whole \\
             && printf '#!/bin/sh\\n[ "\\$1" = -V ] || exit 1\\nexec /usr/bin/memcached.whole -V\\n' >/usr/bin/memcached \\
             && chmod 0755 /usr/bin/memcached
            USER $user
            EOF
            docker push -q "$broken" >/dev/null
            docker inspect -f '{{index .RepoDigests 0}}' "$broken"
            """;

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;

    @BeforeAll
    void stands() throws IOException {
        lab = Lab.up();
        lab.run("mend", "all");
        lab.run("release", "2025.1");
        cluster = new LabCluster(lab);
        program = ProgramUnderTest.of(lab, "upgrade-it", 18089);
        program.start();
        cluster.deployed(program, "UPGRADE-" + System.nanoTime());
    }

    @AfterEach
    void free() {
        program.cancelAll();
    }

    @AfterAll
    void stop() {
        lab.run("break", "wipe", "ctl1", "ctl2", "ctl3");
        program.close();
    }

    @Test
    @Order(1)
    void aStepThatCannotWorkIsRefusedBeforeAnythingIsTouched() {
        Map<String, String> before = cluster.startedAt();

        String run = begin("TOO-FAR", Map.of("release", "2025.1"));
        JsonNode refused = program.await(run, LIMIT, "FAILED_STEP");

        assertThat(refused.toString())
                .contains("KR-UPGRADE-002", "rabbitmq: 3.10", "is no allowed step");
        assertThat(cluster.startedAt()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void anImageThatCrashesAtItsStartStopsAtTheCanaryAndGoesBack() {
        Map<String, String> before = cluster.startedAt();
        String broken = cluster.on("ctl1", CRASHING).strip();

        String run = begin("CRASH", Map.of("images", "memcached=" + broken, "canary", "ctl2"));
        program.approve(run);
        question(run, "The turn of ctl2 did not come to its end: KR-ROLLOUT-002");
        program.answer("APPROVER", run, "reject");
        program.await(run, LIMIT, "WENT_BACK");

        assertThat(LabCluster.changed(before, cluster.startedAt()))
                .containsExactly("ctl2/memcached");
        assertThat(cluster.on("ctl2", "docker inspect -f '{{.Config.Image}}' memcached"))
                .contains(":zed-");
        assertThat(cluster.tokenThroughTheVip()).isEqualTo("201");
    }

    @Test
    @Order(3)
    void nothingBeginsInAClusterThatIsDegradedAlready() {
        for (String host : List.of("ctl1", "ctl2")) {
            cluster.on(host, "docker stop memcached");
        }
        Map<String, String> before = cluster.startedAt();

        String run = begin("DEGRADED", Map.of("release", "2025.1", "services", SERVICES));
        JsonNode refused = program.await(run, LIMIT, "FAILED_STEP");

        assertThat(refused.toString()).contains("KR-VERIFY-001", "ctl1", "ctl2");
        assertThat(cluster.startedAt()).isEqualTo(before);
        for (String host : List.of("ctl1", "ctl2")) {
            cluster.on(host, "docker start memcached");
        }
    }

    @Test
    @Order(4)
    void theCanaryGoesBackWhereItsSchemaLetsIt() {
        Map<String, String> before = cluster.startedAt();

        String run =
                begin(
                        "BACK",
                        Map.of(
                                "release",
                                "2025.1",
                                "services",
                                "memcached,keystone",
                                "canary",
                                "ctl2",
                                "backupHours",
                                0));
        program.approve(run);
        question(run, "the canary");
        assertThat(image("keystone")).contains(":2025.1-");
        program.answer("APPROVER", run, "reject");
        program.await(run, LIMIT, "WENT_BACK");

        assertThat(image("keystone")).contains(":zed-");
        assertThat(image("memcached")).contains(":zed-");
        assertThat(LabCluster.changed(before, cluster.startedAt()))
                .containsExactlyInAnyOrder("ctl2/keystone", "ctl2/memcached");
        assertThat(cluster.tokenThroughTheVip()).isEqualTo("201");
    }

    private String image(String container) {
        return cluster.on("ctl2", "docker inspect -f '{{.Config.Image}}' " + container);
    }

    @Test
    @Order(5)
    void theCloudIsUsedWhileItsServicesMoveToTheNextRelease() throws IOException {
        Map<String, String> before = cluster.startedAt();

        String run =
                begin("EPOXY", Map.of("release", "2025.1", "services", SERVICES, "backupHours", 0));
        program.approve(run);
        Instant approved = Instant.now();
        question(run, "the canary");
        program.answer("APPROVER", run, "approve");
        Awaitility.await("the second host has its turn")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> turns(run) == 2);
        program.kill();
        program.start();
        question(run, "contract the schemas");
        program.answer("APPROVER", run, "approve");
        program.await(run, LIMIT, "SUCCEEDED");

        JsonNode probe = program.get("OPERATOR", "/api/runs/" + run + "/probe").body();
        System.out.println(
                "upgraded in "
                        + Duration.between(approved, Instant.now()).toSeconds()
                        + " s, questions and a killed program included; the probe: "
                        + probe);
        assertThat(100.0 * probe.get("failed").asInt() / probe.get("total").asInt())
                .isLessThanOrEqualTo(0.1);
        assertThat(program.doneMoreThanOnce(run)).isEmpty();
        assertThat(LabCluster.changed(before, cluster.startedAt()))
                .noneMatch(c -> c.endsWith("/rabbitmq"))
                .hasSize(3 * 6);
        assertThat(cluster.sql("ctl3", "select version()")).startsWith("11.8");
        assertThat(cluster.galeraSizes()).containsOnly("3");
        assertThat(cluster.vipHolders()).hasSize(1);

        String back = program.deploy("FORGOT-THE-DEFINITION");
        program.approve(back);
        assertThat(program.await(back, LIMIT, "FAILED_STEP").toString())
                .contains("KR-UPGRADE-002", "is a downgrade");
    }

    private String begin(String ticket, Map<String, Object> parameters) {
        Map<String, Object> all = new TreeMap<>(Map.of("soakMinutes", 0));
        all.putAll(parameters);
        return program.begin("rolling-upgrade", ticket + "-" + System.nanoTime(), all);
    }

    private void question(String run, String sentence) {
        System.out.println(program.question(run, LIMIT, sentence));
    }

    /** How many hosts have had or have their turn. */
    private long turns(String run) {
        return program.text("OPERATOR", "/api/runs/" + run + "/log?format=text")
                .lines()
                .filter(l -> l.contains("has its turn"))
                .count();
    }
}
