package kolla.runbooks.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import kolla.runbooks.catalog.Catalog;
import kolla.runbooks.catalog.CatalogReader;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.containers.DockerEngines;
import kolla.runbooks.hosts.BoundedFanOut;
import kolla.runbooks.hosts.ssh.SshHosts;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.DefinedClusters;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.keystone.KeystoneEndpoints;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.templates.RenderedDeployments;
import kolla.runbooks.tls.ServerCertificate;
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

/** What is promised about a control plane that stands. Deploys it when it does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandingClusterIT {

    private static final Duration CHANGE = Duration.ofMinutes(5);

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;
    private ConfigOverride tls;

    /** With TLS at the virtual address, so that every test here walks over it. */
    @BeforeAll
    void stands() throws IOException {
        lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        lab.run("certificate");
        tls =
                ConfigOverride.ofGlobals(
                        lab,
                        """
                        kolla_enable_tls_internal: "yes"
                        kolla_admin_openrc_cacert: "{{ kolla_certificates_dir }}/ca/root.crt"
                        """);
        program = ProgramUnderTest.of(lab, "standing-cluster-it", 18083);
        program.start();
        cluster.deployed(program, "STANDS");
    }

    @AfterAll
    void stop() throws IOException {
        program.close();
        tls.close();
    }

    /** What a test that failed left behind holds the lease. */
    @BeforeEach
    void free() {
        program.cancelAll();
    }

    @Test
    @Order(1)
    void memcachedIsReachedFromTheClusterAndFromNowhereElse() {
        for (String host : LabCluster.HOSTS) {
            String address = lab.cluster().inventory().host(host).login().address();

            for (String member : LabCluster.HOSTS) {
                assertThat(connects(member, address, 11211)).as(member + " to " + host).isTrue();
            }
            assertThat(connects("ctl4", address, 22)).as("ctl4 to sshd of " + host).isTrue();
            assertThat(connects("ctl4", address, 11211)).as("ctl4 to " + host).isFalse();
        }
    }

    private boolean connects(String from, String address, int port) {
        String dial = "exec 3<>/dev/tcp/" + address + "/" + port;
        return cluster.on(from, "timeout 2 bash -c '" + dial + "' && echo open || echo shut")
                .contains("open");
    }

    @Test
    @Order(2)
    void aServiceIsPutIntoKeystonesCatalogueOnceAndIsCorrected() {
        IdentityClient client = new IdentityClient(cluster);
        Diary diary = new Diary();
        try (SshHosts hosts = new SshHosts();
                DockerEngines engines = new DockerEngines(hosts)) {
            Deployment deployment = deployment(Map.of("atlas_keystone_password", "at'las \"1\""));
            RolloutContext context =
                    new RolloutContext(
                            deployment,
                            deployment.service("memcached"),
                            hosts,
                            engines,
                            new BoundedFanOut(),
                            diary);
            KeystoneEndpoints endpoints = new KeystoneEndpoints();

            assertThat(endpoints.ensure(context, atlas("http://atlas:1"))).isTrue();
            assertThat(diary.since()).containsExactly("endpoints of atlas", "user atlas");
            assertThat(client.login("atlas", "at'las \"1\"", "service")).isPresent();

            assertThat(endpoints.ensure(context, atlas("http://atlas:1"))).isFalse();
            assertThat(diary.since()).isEmpty();

            assertThat(endpoints.ensure(context, atlas("http://atlas:2"))).isTrue();
            assertThat(diary.since()).containsExactly("endpoints of atlas");
            assertThat(admin(client).get("mapping"))
                    .isEqualTo(
                            Map.of(
                                    "internal",
                                    "http://atlas:2",
                                    "public",
                                    "http://public:1",
                                    "admin",
                                    "http://atlas:2"));
        } finally {
            admin(client);
            client.remove("services", "atlas");
            client.remove("users", "atlas");
        }
        assertThat(admin(client)).doesNotContainKey("mapping");
        assertThat(admin(client).get("identity").values())
                .hasSize(3)
                .containsOnly("https://" + cluster.vip() + ":5000");
    }

    private Map<String, Map<String, String>> admin(IdentityClient client) {
        return client.login("admin", cluster.password("keystone_admin_password"), "admin")
                .orElseThrow();
    }

    private static Endpoint atlas(String url) {
        return new Endpoint(
                "atlas",
                "mapping",
                "Maps",
                url,
                "http://public:1",
                url,
                "atlas",
                "atlas_keystone_password");
    }

    private Deployment deployment(Map<String, String> morePasswords) {
        Path root = Path.of(System.getProperty("runbooks.root", ".."));
        Catalog catalog = CatalogReader.read(root.resolve("config-templates"));
        Cluster read =
                new DefinedClusters(Map.of("lab", lab.clusterFolder()), catalog::brings)
                        .read("lab");
        Map<String, String> passwords = new HashMap<>(read.passwords().values());
        passwords.putAll(morePasswords);
        Deployment deployment = new RenderedDeployments(catalog).render(read);
        Cluster with =
                new Cluster(
                        read.name(),
                        read.folder(),
                        read.inventory(),
                        read.globals(),
                        new Passwords(passwords),
                        read.overrides(),
                        read.knownHosts());
        return new Deployment(
                with,
                deployment.services(),
                deployment.waves(),
                deployment.vip(),
                deployment.notes());
    }

    @Test
    @Order(3)
    void whatAnotherToolMadeIsTakenOverWithoutARestart() {
        for (String host : LabCluster.HOSTS) {
            madeByAnotherTool(host, "memcached", "healthcheck_listen memcached 11211", "");
            String address = lab.cluster().inventory().host(host).login().address();
            madeByAnotherTool(
                    host,
                    "keystone",
                    "healthcheck_curl http://" + address + ":5000",
                    "-v keystone_fernet_tokens:/etc/keystone/fernet-keys -v /dev/shm:/dev/shm");
        }
        Map<String, String> before = cluster.startedAt();

        String run = program.deploy("TAKEN-OVER");
        JsonNode ended = program.await(run, CHANGE, "SUCCEEDED", "WAITING_FOR_APPROVAL");

        assertThat(ended.get("state").asText())
                .as(program.get("APPROVER", "/api/runs/" + run + "/plan").body().toString())
                .isEqualTo("SUCCEEDED");
        assertThat(cluster.startedAt()).isEqualTo(before);
        assertThat(program.actions(run)).isEmpty();
    }

    /** As the reference tool makes it: no label of ours, the time zone mounted, a short start. */
    private void madeByAnotherTool(String host, String name, String check, String more) {
        cluster.on(
                host,
                """
                set -e
                image=$(docker inspect --format '{{.Config.Image}}' %1$s)
                docker rm -f %1$s; rm -f /etc/kolla/.runbooks/%1$s
                docker run -d --name %1$s --network host --restart unless-stopped \
                  -e KOLLA_CONFIG_STRATEGY=COPY_ALWAYS -e KOLLA_SERVICE_NAME=%1$s \
                  -v /etc/kolla/%1$s/:/var/lib/kolla/config_files/:ro \
                  -v /etc/localtime:/etc/localtime:ro -v kolla_logs:/var/log/kolla/ %2$s \
                  --health-cmd '%3$s' --health-interval 30s --health-timeout 30s \
                  --health-retries 3 --health-start-period 5s $image
                until docker exec %1$s %3$s; do sleep 0.3; done
                """
                        .formatted(name, more, check));
    }

    @Test
    @Order(4)
    void aServerThatWasLeftDrainedIsPutBackWithoutARestart() {
        for (String host : LabCluster.HOSTS) {
            cluster.on(
                    host,
                    "echo set server keystone_internal/ctl2 state drain | docker exec -i haproxy"
                            + " socat - UNIX-CONNECT:/var/lib/kolla/haproxy/haproxy.sock");
        }
        Map<String, String> before = cluster.startedAt();

        String run = program.deploy("LEFT-DRAINED");
        program.approve(run);
        String plan = program.get("APPROVER", "/api/runs/" + run + "/plan").body().toString();
        program.await(run, CHANGE, "SUCCEEDED");

        assertThat(plan).contains("puts keystone on ctl2 back into the load balancer");
        assertThat(cluster.startedAt()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void whatAnotherToolMadeOtherwiseIsToldBeforeItIsReplaced() {
        cluster.on("ctl2", "docker update --restart no memcached");
        Map<String, String> before = cluster.startedAt();

        String run = program.deploy("MADE-OTHERWISE");
        program.await(run, CHANGE, "WAITING_FOR_APPROVAL");
        String plan = program.get("APPROVER", "/api/runs/" + run + "/plan").body().toString();
        program.cancel(run);

        assertThat(plan).contains("memcached", "ctl2", "has another restart policy");
        assertThat(cluster.startedAt()).isEqualTo(before);
        cluster.on("ctl2", "docker update --restart unless-stopped memcached");
    }

    @Test
    @Order(6)
    void aNewCertificateIsTakenOverByReloadsAndNoRequestFails() throws Exception {
        String watch = program.begin("watch-cloud", "WATCHES", Map.of("watchFor", "PT30M"));
        requestsOf(watch, "token", 20);
        Map<String, String> before = cluster.startedAt();
        List<String> holders = cluster.vipHolders();

        lab.run("certificate");
        String run = program.deploy("ROTATES");
        program.approve(run);
        assertThat(program.planText(run))
                .contains("reload container haproxy", "shows at the internal address the")
                .doesNotContain("PRIVATE", "restart container", "changes from http");
        program.await(run, CHANGE, "SUCCEEDED");

        JsonNode seen = requestsOf(watch, "token", 40);
        program.cancel(watch);
        System.out.println("probe during the rotation: " + seen.path("kinds"));
        assertThat(seen.get("failed").asLong()).as(seen.path("failures").toString()).isZero();
        assertThat(shownSerial()).isEqualTo(definedSerial());
        assertThat(cluster.startedAt()).isEqualTo(before);
        assertThat(cluster.vipHolders()).isEqualTo(holders);
    }

    /** Awaits so many requests of a kind more than there were. */
    private JsonNode requestsOf(String watch, String kind, int more) {
        AtomicReference<JsonNode> seen = new AtomicReference<>();
        AtomicLong first = new AtomicLong(-1);
        Awaitility.await(more + " requests of kind " + kind)
                .atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .until(
                        () -> {
                            seen.set(
                                    program.get("OPERATOR", "/api/runs/" + watch + "/probe")
                                            .body());
                            for (JsonNode k : seen.get().get("kinds")) {
                                if (k.get("kind").asText().equals(kind)) {
                                    first.compareAndSet(-1, k.get("total").asLong());
                                    return k.get("total").asLong() >= first.get() + more;
                                }
                            }
                            return false;
                        });
        return seen.get();
    }

    private BigInteger shownSerial() throws IOException {
        try (SSLSocket socket =
                (SSLSocket)
                        cluster.trust()
                                .orElseThrow()
                                .getSocketFactory()
                                .createSocket(cluster.vip(), 5000)) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSerialNumber();
        }
    }

    private BigInteger definedSerial() throws Exception {
        return ServerCertificate.parse(
                        Files.readString(
                                lab.clusterFolder().resolve("certificates/haproxy-internal.pem")))
                .own()
                .getSerialNumber();
    }

    @Test
    @Order(7)
    void theOnlyServerThatIsUpIsDrainedWhenTheOthersAreUpAgain() throws IOException {
        for (String host : List.of("ctl2", "ctl3")) {
            cluster.on(host, "docker stop keystone");
        }
        Awaitility.await("the balancers know")
                .atMost(CHANGE)
                .until(() -> cluster.tokenThroughTheVip().equals("201"));
        String password = "rolled" + System.nanoTime();
        changed("keystone_database_password", password);
        String before = keystonesLogin();
        try (ConfigOverride change =
                        ConfigOverride.of(
                                lab, "keystone.conf", "[DEFAULT]\nmax_token_size = 302\n");
                TokenClient client = TokenClient.of(cluster)) {
            String run = program.deploy("ONE-SERVES");
            program.approve(run);
            program.await(run, CHANGE, "SUCCEEDED");

            assertThat(program.planText(run))
                    .contains("keystone takes both passwords until the last host has the new one")
                    .doesNotContain(password);
            System.out.println("[drill] database password rolled: " + client);
            assertThat(client.failed()).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(keystonesLogin()).isNotEqualTo(before).doesNotContain(" OR ");

        Map<String, String> started = cluster.startedAt();
        assertThat(
                        started.keySet().stream()
                                .filter(k -> k.endsWith("/keystone"))
                                .sorted(Comparator.comparing(started::get)))
                .containsExactly("ctl2/keystone", "ctl3/keystone", "ctl1/keystone");
    }

    /** How Keystone's account logs in to the database, as the server says. */
    private String keystonesLogin() {
        return cluster.sql("ctl1", "show create user keystone");
    }

    /** Another value for good: the lab's passwords are made by chance. */
    private void changed(String key, String value) throws IOException {
        Path file = lab.clusterFolder().resolve("passwords.yml");
        String text = Files.readString(file);
        String other = text.replaceAll("(?m)^" + key + ":.*$", key + ": " + value);
        assertThat(other).as(key + " in " + file).isNotEqualTo(text);
        Files.writeString(file, other);
    }

    @Test
    @Order(8)
    void fernetKeysAreRotatedUnderLoadAndNoTokenIssuedBeforeIsRefusedAfter() throws IOException {
        List<String> addresses =
                LabCluster.HOSTS.stream()
                        .map(h -> lab.cluster().inventory().host(h).login().address())
                        .toList();
        Map<String, String> before = fernetKeys("ctl1");
        String primary =
                String.valueOf(
                        before.keySet().stream().mapToInt(Integer::valueOf).max().orElseThrow()
                                + 1);
        try (HeldTokens held = new HeldTokens(cluster, addresses)) {
            // the oldest key may be young, because this cluster is
            String run = program.begin("rotate-fernet", "KEYS", Map.of("neededKeys", "keep"));
            program.approve(run);
            Awaitility.await("the first host has the new primary key")
                    .atMost(CHANGE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !program.actions(run).isEmpty());
            program.kill();
            program.start();
            program.await(run, CHANGE, "SUCCEEDED");

            int shown = held.shown();
            Awaitility.await("tokens are shown").until(() -> held.shown() > shown + 20);
            System.out.println("[drill] fernet rotation: " + held);
            assertThat(held.refused()).isEmpty();
            assertThat(program.doneMoreThanOnce(run)).isEmpty();
            for (String address : addresses) {
                String forged = held.oldest().replaceAll("^(.{90}).", "$1_");
                assertThat(held.show(address, held.oldest())).as(address).isEqualTo(200);
                assertThat(held.show(address, forged)).as(address).isEqualTo(401);
            }
        }

        Map<String, String> after = fernetKeys("ctl1");
        assertThat(after.get(primary)).isEqualTo(before.get("0"));
        assertThat(after.get("0")).isNotIn(before.values());
        for (String host : LabCluster.HOSTS) {
            assertThat(fernetKeys(host)).as(host).isEqualTo(after);
        }
        String again = program.begin("rotate-fernet", "KEYS-AGAIN");
        JsonNode refused = program.await(again, CHANGE, "FAILED_STEP");
        assertThat(refused.get("failures").toString()).contains("KR-KEYSTONE-005", "259260 s");
    }

    /** By name, the digests of the keys on a host. */
    private Map<String, String> fernetKeys(String host) {
        Map<String, String> keys = new HashMap<>();
        cluster.on(host, "docker exec keystone sh -c 'cd /etc/keystone/fernet-keys; sha256sum *'")
                .lines()
                .map(l -> l.trim().split(" +"))
                .forEach(f -> keys.put(f[1], f[0]));
        return keys;
    }

    @Test
    @Tag("long")
    @Order(9)
    void aPlanThatNobodyDecidesAboutExpiresAndNothingIsChanged() throws IOException {
        program.close();
        program.with("runbooks.approval-expiry", "PT10S").start();
        Map<String, String> before = cluster.startedAt();
        try (ConfigOverride change =
                ConfigOverride.of(lab, "keystone.conf", "[DEFAULT]\nmax_token_size = 303\n")) {
            String run = program.deploy("EXPIRES");
            program.await(run, CHANGE, "WAITING_FOR_APPROVAL");
            String digest = program.digest(run);
            program.await(run, Duration.ofMinutes(1), "EXPIRED");

            assertThat(program.decide("APPROVER", run, "approve", digest).status()).isEqualTo(409);
            assertThat(program.actions(run)).isEmpty();
            assertThat(cluster.startedAt()).isEqualTo(before);
        }

        // Only who has the lease comes to a plan.
        program.await(program.deploy("NEXT"), CHANGE, "SUCCEEDED", "WAITING_FOR_APPROVAL");
        program.cancelAll();
    }
}
