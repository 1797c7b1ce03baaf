package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The client that uses the cloud during a run, on real services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbeIT {

    private static final List<String> KINDS =
            List.of(
                    "api keystone_internal",
                    "api rabbitmq_management",
                    "message",
                    "message-connect",
                    "sql",
                    "sql-connect",
                    "token");

    private LabCluster cluster;
    private ProgramUnderTest program;

    @BeforeAll
    void stands() throws IOException {
        Lab lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        program = ProgramUnderTest.of(lab, "probe-it", 18086);
        program.start();
        cluster.deployed(program, "STANDS");
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @BeforeEach
    void free() {
        program.cancelAll();
    }

    @Test
    @Tag("long")
    void aHealthyCloudIsSeenHealthyAndNothingIsLeftInIt() {
        String run = program.begin("watch-cloud", "HEALTHY", Map.of("watchFor", "PT20S"));

        program.await(run, Duration.ofMinutes(3), "SUCCEEDED");

        JsonNode seen = program.get("OPERATOR", "/api/runs/" + run + "/probe").body();
        print("healthy", seen);
        assertThat(kinds(seen).keySet()).containsExactlyElementsOf(KINDS);
        assertThat(kinds(seen).values()).allMatch(k -> k.get("total").asLong() >= 10);
        assertThat(seen.get("failed").asLong()).as(seen.path("failures").toString()).isZero();
        assertThat(seen.get("state").asText()).isEqualTo("ENDED");
        assertThat(guests()).isEmpty();
    }

    @Test
    void anOutageIsSeenAndTheProbeOutlivesItsProgramAndEndsWithItsRun() {
        String run = program.begin("watch-cloud", "OUTAGE", Map.of("watchFor", "PT30M"));
        awaitRequests(run, 50);
        assertThat(guests()).isNotEmpty();

        String holder = cluster.vipHolders().get(0);
        cluster.on(holder, "docker kill --signal KILL haproxy");
        try {
            Awaitility.await("clients are refused")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> probe(run).get("failed").asLong() > 3);
            Awaitility.await("the address has moved")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !cluster.vipHolders().contains(holder));
        } finally {
            cluster.on(holder, "docker start haproxy");
        }
        awaitRequests(run, probe(run).get("total").asLong() + 50);
        JsonNode outage = probe(run);
        print("outage", outage);
        assertThat(kinds(outage).get("sql-connect").get("longestGap").asLong())
                .as("milliseconds without a success")
                .isBetween(1000L, 20_000L);
        assertThat(kinds(outage).get("token").get("failed").asLong()).isPositive();

        program.kill();
        program.start();
        awaitRequests(run, outage.get("total").asLong() + 50);
        JsonNode after = probe(run);
        print("after a kill of the program", after);
        assertThat(after.get("notObserved")).isNotEmpty();
        assertThat(kinds(after).get("token").get("longestGap").asLong())
                .as("nobody saw how clients fared while the program was dead")
                .isEqualTo(kinds(outage).get("token").get("longestGap").asLong());
        assertThat(program.text("OPERATOR", "/api/runs/" + run + "/probe.svg"))
                .contains("<svg", "#c4161c", "not observed");

        program.cancel(run);
        Awaitility.await("the probe ends with its run")
                .atMost(Duration.ofSeconds(60))
                .until(() -> probe(run).get("state").asText().equals("ENDED"));
        assertThat(guests()).isEmpty();
    }

    private JsonNode probe(String run) {
        return program.get("OPERATOR", "/api/runs/" + run + "/probe").body();
    }

    private void awaitRequests(String run, long total) {
        Awaitility.await(total + " requests")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            JsonNode seen = probe(run);
                            return seen.path("total").asLong() >= total
                                    && seen.path("kinds").size() == KINDS.size()
                                    && kinds(seen).values().stream()
                                            .allMatch(k -> k.get("total").asLong() > 0);
                        });
    }

    private static Map<String, JsonNode> kinds(JsonNode seen) {
        Map<String, JsonNode> kinds = new TreeMap<>();
        seen.get("kinds").forEach(k -> kinds.put(k.get("kind").asText(), k));
        return kinds;
    }

    /** What the probe made for itself in the database and at the brokers. */
    private List<String> guests() {
        String sql =
                "select concat('schema ', schema_name) from information_schema.schemata where"
                        + " schema_name like 'kr_probe%' union select concat('user ', user) from"
                        + " mysql.user where user like 'kr_probe%'";
        List<String> guests = new ArrayList<>();
        cluster.on(
                        "ctl1",
                        "docker exec -e MYSQL_PWD="
                                + cluster.password("database_password")
                                + " mariadb mariadb -uroot -Nse \""
                                + sql
                                + "\"")
                .lines()
                .forEach(guests::add);
        cluster.on(
                        "ctl1",
                        "docker exec rabbitmq rabbitmqctl --silent list_vhosts; docker exec"
                                + " rabbitmq rabbitmqctl --silent list_users")
                .lines()
                .filter(l -> l.startsWith("kr_probe"))
                .forEach(guests::add);
        return guests;
    }

    private static void print(String what, JsonNode seen) {
        System.out.println(
                "probe, " + what + ": " + seen.get("failed") + " of " + seen.get("total"));
        kinds(seen)
                .forEach(
                        (name, k) ->
                                System.out.println(
                                        "  "
                                                + name
                                                + " "
                                                + k.get("total")
                                                + ", failed "
                                                + k.get("failed")
                                                + ", gap "
                                                + k.path("longestGap")
                                                + " ms, p50 "
                                                + k.path("p50")
                                                + ", p99 "
                                                + k.path("p99")));
        System.out.println("  not observed " + seen.get("notObserved"));
    }
}
