package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Hosts die and are replaced while the probe uses the cloud. The first test leaves the cluster with
 * the spare in the place of a dead host, the second turns that round; what a test that failed left
 * behind is wiped.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MembersIT {

    private static final Duration CHANGE = Duration.ofMinutes(12);
    private static final String QUEUE = "kept";

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;
    private Path inventory;
    private String original;
    private boolean asItWas;

    @BeforeAll
    void stands() throws IOException {
        lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        program = ProgramUnderTest.of(lab, "members-it", 18089);
        inventory = lab.clusterFolder().resolve("multinode");
        original = Files.readString(inventory);
        program.start();
        cluster.deployed(program, "STANDS");
    }

    @AfterAll
    void putBack() throws IOException {
        lab.run("mend", "all");
        program.cancelAll();
        program.close();
        Files.writeString(inventory, original);
        if (!asItWas) {
            lab.run("break", "wipe", "ctl1", "ctl2", "ctl3", "ctl4");
        }
    }

    @Test
    @Order(1)
    void aDeadControllerIsReplacedAndSilencedWhenItComesBackToLife() throws IOException {
        messages();
        String token = token();
        String address = address("ctl4");
        withoutSpare();
        lab.run("break", "power-off", "ctl3");
        String run = replacement("ctl3", "ctl4", address);
        assertThat(program.planText(run))
                .contains(
                        "REPLACES ctl3 by ctl4",
                        "ctl3 answers no ping from ctl1, ctl2",
                        "mariadb: ctl1 ctl2 ctl3 → ctl1 ctl2 ctl4; meanwhile 2 of 3 left",
                        "WHOEVER APPROVES ANSWERS FOR IT");
        Instant begun = Instant.now();
        until(
                "ctl4 gets its database",
                () -> program.actions(run).toString().contains("create mariadb"));
        program.kill();
        program.start();
        AtomicBoolean held = new AtomicBoolean();
        lab.run("mend", "power-off", "ctl3");
        until(
                "ctl3 is silenced",
                () -> {
                    held.compareAndSet(
                            false, cluster.on("ctl3", "ip -o addr").contains(cluster.vip()));
                    return cluster.on("ctl3", "docker ps -q").isBlank()
                            && program.text("OPERATOR", "/api/runs/" + run + "/log")
                                    .contains("fence the departed host done");
                });
        program.await(run, CHANGE, "SUCCEEDED");
        say(run, begun);

        assertThat(held).isFalse();
        membersAre("ctl1", "ctl2", "ctl4");
        validEverywhere(token, "ctl1", "ctl2", "ctl4");
        assertThat(cluster.on("ctl3", "docker ps -q")).isBlank();
        assertThat(Files.readString(inventory).lines().filter(l -> l.startsWith("ctl3"))).isEmpty();
        assertThat(program.doneMoreThanOnce(run)).isEmpty();
    }

    @Test
    @Order(2)
    void aHostThatServesGivesWayToAnotherMachineAndKeepsNothing() throws IOException {
        String token = token();
        lab.run("break", "wipe", "ctl3");
        String run = replacement("ctl4", "ctl3", address("ctl3"));
        assertThat(program.planText(run))
                .contains("DELETES the data on ctl4", "ctl4 answers; on it");
        Instant begun = Instant.now();
        program.await(run, CHANGE, "SUCCEEDED");
        say(run, begun);

        membersAre("ctl1", "ctl2", "ctl3");
        validEverywhere(token, "ctl1", "ctl2", "ctl3");
        assertThat(cluster.on("ctl4", "docker ps -aq; docker volume ls -q")).isBlank();
        assertThat(cluster.on("ctl4", "ls /etc/kolla")).isBlank();
        Files.writeString(inventory, original);
        asItWas = true;
    }

    private String token() {
        IdentityClient identity = new IdentityClient(cluster);
        assertThat(identity.login("admin", cluster.password("keystone_admin_password"), "admin"))
                .isPresent();
        return identity.token();
    }

    private String replacement(String old, String fresh, String address) {
        String run =
                program.begin(
                        "replace-host",
                        old + "-" + fresh,
                        Map.of(
                                "oldHost",
                                old,
                                "newHost",
                                fresh,
                                "address",
                                address,
                                "data",
                                "delete",
                                "inventory",
                                "write"));
        program.approve(run);
        return run;
    }

    /** The spare of the lab is a machine that nobody knows. */
    private void withoutSpare() throws IOException {
        Files.writeString(
                inventory,
                original.lines()
                        .filter(l -> !l.startsWith("ctl4 "))
                        .reduce("", (a, b) -> a + b + "\n"));
    }

    private String address(String host) {
        return original.lines()
                .filter(l -> l.startsWith(host + " ansible_host="))
                .map(l -> l.split("=", 2)[1].strip())
                .findFirst()
                .orElseThrow();
    }

    /** A durable quorum queue with messages that nobody fetches. */
    private void messages() {
        String api = "http://$(hostname -i | cut -d' ' -f1):15672/api";
        String curl = "curl -fsS -u openstack:" + cluster.password("rabbitmq_password") + " ";
        cluster.on(
                "ctl1",
                curl
                        + "-X PUT -d"
                        + " '{\"durable\":true,\"arguments\":{\"x-queue-type\":\"quorum\"}}' "
                        + api
                        + "/queues/%2F/"
                        + QUEUE);
        for (int i = 0; i < 3; i++) {
            cluster.on(
                    "ctl1",
                    curl
                            + "-d '{\"properties\":{\"delivery_mode\":2},\"routing_key\":\""
                            + QUEUE
                            + "\",\"payload\":\"kept\",\"payload_encoding\":\"string\"}' "
                            + api
                            + "/exchanges/%2F/amq.default/publish");
        }
    }

    private void membersAre(String... hosts) {
        for (String host : hosts) {
            assertThat(cluster.sql(host, "SHOW STATUS LIKE 'wsrep_cluster_size'"))
                    .contains(String.valueOf(hosts.length));
        }
        assertThat(holders(hosts)).hasSize(1);
        String queue =
                cluster.on(
                        "ctl1",
                        "docker exec rabbitmq rabbitmqctl --silent list_queues name messages"
                                + " members");
        String kept = queue.lines().filter(l -> l.startsWith(QUEUE)).findFirst().orElse("");
        assertThat(kept).contains("3");
        for (String host : hosts) {
            assertThat(kept).contains("rabbit@" + host);
        }
        assertThat(kept.split("rabbit@")).hasSize(hosts.length + 1);
    }

    private List<String> holders(String... hosts) {
        return List.of(hosts).stream()
                .filter(h -> cluster.on(h, "ip -o addr").contains(cluster.vip() + "/"))
                .toList();
    }

    private void validEverywhere(String token, String... hosts) {
        for (String host : hosts) {
            assertThat(
                            cluster.on(
                                    host,
                                    "curl -s -o /dev/null -w '%{http_code}' -H 'X-Auth-Token: "
                                            + token
                                            + "' -H 'X-Subject-Token: "
                                            + token
                                            + "' http://$(hostname -i | cut -d' '"
                                            + " -f1):5000/v3/auth/tokens"))
                    .as(host)
                    .isEqualTo("200");
        }
    }

    private static void until(String what, java.util.concurrent.Callable<Boolean> seen) {
        Awaitility.await(what)
                .atMost(CHANGE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(seen);
    }

    private void say(String run, Instant begun) {
        System.out.println(
                List.of(
                        run,
                        Duration.between(begun, Instant.now()).toSeconds()
                                + " s after the approval",
                        program.text("OPERATOR", "/api/runs/" + run + "/log")
                                .lines()
                                .filter(
                                        l ->
                                                l.contains("of the probe failed")
                                                        || l.contains("no success"))
                                .toList()));
    }
}
