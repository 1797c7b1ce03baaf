package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

/**
 * A host of the lab is made bare and prepared again; nothing needs to be deployed. Packages come
 * from Debian's mirror, so this runs when asked for.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrepareHostIT {

    private static final Duration QUICK = Duration.ofMinutes(2);
    private static final Duration PACKAGES = Duration.ofMinutes(6);
    private static final Map<String, String> HOST = Map.of("host", "ctl4");

    /** What an earlier run of these tests left is taken away as well. */
    private static final String FORGET_NAMES =
            "grep -vE 'ctl[1-4]( |$)|hosts of cluster lab' /etc/hosts >/tmp/hosts;"
                    + " cat /tmp/hosts >/etc/hosts";

    private static final String MAKE_BARE =
            "echo '127.0.1.1 ctl4' >>/etc/hosts; sysctl -qw net.ipv4.ip_nonlocal_bind=0; rm -rf"
                + " /etc/sysctl.d/60-kolla-runbooks.conf /var/lib/kolla-runbooks; export"
                + " DEBIAN_FRONTEND=noninteractive; apt-get -qq -y purge docker.io docker-cli"
                + " iptables >/dev/null 2>&1; apt-get -qq -y autoremove --purge >/dev/null 2>&1;"
                + " apt-get clean; python3 -c 'import json; p=\"/etc/docker/daemon.json\";"
                + " d=json.load(open(p)); d.pop(\"insecure-registries\", 0); json.dump(d, open(p,"
                + " \"w\"))'; kill $(cat /run/docker.pid) 2>/dev/null; sleep 2; ! command -v"
                + " dockerd";

    /** The lab's faults are written for the older tables; the package brings the newer. */
    private static final String AS_THE_LAB_HAS_IT =
            "rm -f /etc/apt/apt.conf.d/99-slow;"
                    + " update-alternatives --set iptables /usr/sbin/iptables-legacy >/dev/null;"
                    + " update-alternatives --set ip6tables /usr/sbin/ip6tables-legacy >/dev/null";

    private Lab lab;
    private ProgramUnderTest program;

    @BeforeAll
    void stands() throws IOException {
        lab = Lab.up();
        lab.run("mend", "all");
        for (String host : List.of("ctl1", "ctl2", "ctl3", "ctl4")) {
            lab.run("ssh", host, "--", FORGET_NAMES);
        }
        lab.run("ssh", "ctl4", "--", MAKE_BARE);
        program = ProgramUnderTest.of(lab, "prepare-host-it", 18095);
        program.start();
    }

    @AfterAll
    void stop() {
        lab.run("ssh", "ctl4", "--", AS_THE_LAB_HAS_IT);
        program.close();
    }

    /** What a test that failed left behind holds the lease. */
    @BeforeEach
    void free() {
        program.cancelAll();
    }

    @Test
    @Order(1)
    void aBareHostIsPreparedAlthoughTheProgramDiesWhilePackagesAreInstalled() throws IOException {
        lab.run("ssh", "ctl4", "--", slowDownloads());
        String run = program.begin("prepare-host", "BARE", HOST);
        program.await(run, QUICK, "WAITING_FOR_APPROVAL");
        assertThat(program.planText(run))
                .contains(
                        "installs docker.io, docker-cli, iptables",
                        "ctl2: the cluster's own block",
                        "no loopback address is called ctl4",
                        "net.ipv4.ip_nonlocal_bind = 1");
        program.approve(run);
        Awaitility.await("packages are being installed")
                .atMost(QUICK)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> begun(run, "install packages"));
        program.kill();
        program.start();
        program.await(run, PACKAGES, "SUCCEEDED");

        assertThat(program.doneMoreThanOnce(run)).isEmpty();
        assertThat(on("ctl4", "docker version --format '{{.Server.Version}}'")).isNotBlank();
        assertThat(on("ctl4", "sysctl -n net.ipv4.ip_nonlocal_bind")).isEqualTo("1");
        assertThat(on("ctl4", "getent ahostsv4 ctl4 | head -n 1")).doesNotContain("127.");
        for (String host : List.of("ctl1", "ctl2", "ctl3")) {
            assertThat(on(host, "grep -c ' ctl4$' /etc/hosts")).isEqualTo("1");
        }
    }

    @Test
    @Order(2)
    void aPreparedHostIsLeftAloneAndNobodyIsAsked() {
        String run = program.begin("prepare-host", "AGAIN", HOST);

        program.await(run, QUICK, "SUCCEEDED");

        assertThat(program.actions(run)).isEmpty();
    }

    @Test
    @Order(3)
    void aNameThatIsAnothersIsRefusedWithTheHostThatSaysSo() {
        lab.run("ssh", "ctl2", "--", "echo '192.0.2.9 ctl4' >>/etc/hosts");
        try {
            String run = program.begin("prepare-host", "WRONG-NAME", HOST);

            JsonNode failed = program.await(run, QUICK, "FAILED_STEP");

            assertThat(failed.get("failures").get(0).get("code").asText())
                    .isEqualTo("KR-PREPARE-006");
            assertThat(failed.get("failures").get(0).get("host").asText()).isEqualTo("ctl2");
        } finally {
            lab.run(
                    "ssh",
                    "ctl2",
                    "--",
                    "grep -v 192.0.2.9 /etc/hosts >/tmp/hosts; cat /tmp/hosts >/etc/hosts");
        }
    }

    /** So that the program can die and come back while packages are fetched. */
    private static String slowDownloads() {
        return "echo 'Acquire::http::Dl-Limit \"1500\";' >/etc/apt/apt.conf.d/99-slow";
    }

    private boolean begun(String run, String action) {
        List<String> names = new ArrayList<>();
        program.actions(run).forEach(a -> names.add(a.get("action").asText()));
        return names.stream().anyMatch(n -> n.startsWith(action));
    }

    private String on(String host, String command) {
        return lab.run("ssh", host, "--", command).strip();
    }
}
