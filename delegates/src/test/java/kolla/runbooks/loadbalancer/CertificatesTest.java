package kolla.runbooks.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.containers.ContainerEngine.ExecResult;
import kolla.runbooks.fakes.FakeCluster;
import kolla.runbooks.fakes.FakeJournal;
import kolla.runbooks.hosts.CommandResult;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.Samples;
import kolla.runbooks.tls.ServerCertificate;
import kolla.runbooks.tls.TestAuthority;
import kolla.runbooks.tls.UnusablePem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {

    private static final TestAuthority HOUSE = TestAuthority.root("House");
    private final Instant now = Instant.now();
    private static final String FILE = "/etc/haproxy/haproxy-internal.pem";
    private static final List<Host> HOSTS = List.of(Samples.CTL1, Samples.CTL2);

    @TempDir Path folder;
    private final FakeCluster cluster = new FakeCluster();
    private final Map<String, String> loaded = new LinkedHashMap<>();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, String> lying = new LinkedHashMap<>();
    private String shownAtTheVip = "";

    @BeforeEach
    void balancersRun() throws IOException {
        Path authority = folder.resolve("root.crt");
        Files.writeString(authority, HOUSE.pem());
        settings.put("kolla_enable_tls_internal", "yes");
        settings.put("kolla_internal_fqdn", "10.0.0.100");
        settings.put("kolla_internal_fqdn_cert", "/etc/kolla/certificates/haproxy-internal.pem");
        settings.put("kolla_admin_openrc_cacert", authority.toString());
        settings.put("haproxy_internal_pem", FILE);
        for (Host host : HOSTS) {
            cluster.engine(host).create(container(host, "").spec());
            cluster.engine(host).start("haproxy");
            cluster.host(host)
                    .answers(
                            c ->
                                    Optional.of(
                                            new CommandResult(
                                                    0,
                                                    lying.getOrDefault(host.name(), "") + "  file",
                                                    "",
                                                    false)));
            cluster.engine(host).execs((name, argv, env) -> Optional.of(answer(host, argv)));
        }
    }

    private ExecResult answer(Host host, List<String> argv) {
        if (argv.get(0).equals("python3")) {
            return new ExecResult(0, shownAtTheVip + "\n", "");
        }
        String sha1 = loaded.getOrDefault(host.name(), "");
        if (argv.get(4).equals("show ssl cert")) {
            return new ExecResult(0, "# filename\n" + (sha1.isEmpty() ? "" : FILE + "\n"), "");
        }
        return new ExecResult(
                0,
                sha1.isEmpty()
                        ? "Can't display the certificate: Not found or the certificate is a"
                                + " bundle!\n"
                        : "Filename: " + FILE + "\nSerial: 0A1B\nSHA1 FingerPrint: " + sha1 + "\n",
                "");
    }

    @Test
    void turningTlsOnTellsWhoWillFailAndWhichCertificateIsShown() throws UnusablePem {
        String pem = pem(HOUSE.server("10.0.0.100"));

        List<String> sentences = planning(pem).sentences();

        assertThat(sentences)
                .hasSize(2)
                .anyMatch(
                        s ->
                                s.contains("internal address changes from http to https")
                                        && s.contains("http://10.0.0.100 fail"))
                .anyMatch(s -> s.contains(digest(pem, "SHA-256")) && s.contains("a reload"));
        assertThat(sentences.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void whatIsShownAlreadyIsNoPlan() throws UnusablePem {
        String pem = pem(HOUSE.server("10.0.0.100"));
        shownEverywhere(pem);

        assertThat(planning(pem).sentences()).isEmpty();
        assertThat(CertificatePlanning.warnings(context(pem), now)).isEmpty();
    }

    @Test
    void turningTlsOffTellsIt() {
        shownEverywhere(pem(HOUSE.server("10.0.0.100")));
        settings.put("kolla_enable_tls_internal", "no");

        assertThat(planning("").sentences())
                .singleElement()
                .asString()
                .contains("changes from https to http");
    }

    @Test
    void aNewCertificateIsTheOnlyNewsOfARotation() throws UnusablePem {
        shownEverywhere(pem(HOUSE.server("10.0.0.100")));
        String pem = pem(HOUSE.server("10.0.0.100"));

        assertThat(planning(pem).sentences())
                .singleElement()
                .asString()
                .startsWith("shows at the internal address the certificate CN=cloud")
                .contains(digest(pem, "SHA-256"));
    }

    @Test
    void aBadCertificateIsRefusedWithAllThatIsWrong() {
        TestAuthority other = TestAuthority.root("Other").valid(days(-9), days(-2));
        String pem = pem(other.server("10.0.0.99"));

        assertThatThrownBy(() -> planning(pem))
                .hasMessageContaining("KR-TLS-001")
                .hasMessageContaining(
                        "kolla_internal_fqdn_cert: /etc/kolla/certificates/haproxy-internal.pem:"
                                + " has expired")
                .hasMessageContaining("not for kolla_internal_fqdn \"10.0.0.100\"")
                .hasMessageContaining("signed by CN=Other");
    }

    @Test
    void aFileWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> planning(HOUSE.server("10.0.0.100").pem()))
                .hasMessageContaining("KR-TLS-001")
                .hasMessageContaining("haproxy-internal.pem: holds no private key");
    }

    @Test
    void oneThatExpiredWhileItIsServedIsAWarning() {
        String pem = pem(HOUSE.valid(days(-9), days(-2)).server("10.0.0.100"));
        shownEverywhere(pem);

        assertThat(CertificatePlanning.warnings(context(pem), now))
                .singleElement()
                .asString()
                .startsWith("WARNING: the certificate of the internal address")
                .contains("has expired");
    }

    @Test
    void aBalancerThatDoesNotAnswerDoesNotKeepOthersFromBeingPlanned() {
        cluster.engine(Samples.CTL1)
                .execs((name, argv, env) -> Optional.of(new ExecResult(1, "", "refused")));

        assertThat(planning(pem(HOUSE.server("10.0.0.100"))).sentences()).isNotEmpty();
    }

    @Test
    void aBalancerThatKeepsTheOldCertificateIsFound() throws UnusablePem {
        String pem = pem(HOUSE.server("10.0.0.100"));
        shownEverywhere(pem);
        shownAtTheVip = digest(pem, "SHA-256");
        assertThat(ShownCertificates.findings(context(pem))).hasSize(3).allMatch(Finding::good);

        loaded.put("ctl2", "00".repeat(20));

        assertThat(ShownCertificates.findings(context(pem)))
                .filteredOn(f -> !f.good())
                .singleElement()
                .satisfies(f -> assertThat(f.host()).contains("ctl2"))
                .satisfies(f -> assertThat(f.sentence()).contains("serial 0a1b", "instead of"));
    }

    @Test
    void aHostWhoseTurnIsStillToComeMayShowTheOldOne() {
        String pem = pem(HOUSE.server("10.0.0.100"));
        shownEverywhere(pem);
        shownAtTheVip = "00".repeat(32);
        loaded.put("ctl2", "00".repeat(20));
        lying.put("ctl2", "11".repeat(32));

        assertThat(ShownCertificates.findings(context(pem)))
                .hasSize(2)
                .allMatch(Finding::good)
                .anyMatch(f -> f.sentence().contains("ctl2 has not been given"));
    }

    @Test
    void aVirtualAddressThatShowsAnotherCertificateIsFound() {
        String pem = pem(HOUSE.server("10.0.0.100"));
        shownEverywhere(pem);
        shownAtTheVip = "no handshake: timed out";

        assertThat(ShownCertificates.findings(context(pem)))
                .filteredOn(f -> !f.good())
                .singleElement()
                .satisfies(
                        f ->
                                assertThat(f.sentence())
                                        .contains("10.0.0.100:5000", "no handshake: timed out"));
    }

    @Test
    void aReloadIsDoneWhenTheNewCertificateIsShown() throws UnusablePem {
        String pem = pem(HOUSE.server("10.0.0.100"));
        List<Duration> rests = new ArrayList<>();
        Patience patience =
                patience(
                        rests,
                        () -> {
                            if (rests.size() == 3) {
                                shownEverywhere(pem);
                            }
                        });

        ShownCertificates.await(context(pem), Samples.CTL1, patience);

        assertThat(rests).hasSize(3);
    }

    @Test
    void aReloadThatTookNothingOverIsAFailure() {
        String pem = pem(HOUSE.server("10.0.0.100"));

        assertThatThrownBy(
                        () ->
                                ShownCertificates.await(
                                        context(pem),
                                        Samples.CTL1,
                                        patience(new ArrayList<>(), () -> {})))
                .hasMessageContaining("KR-TLS-002 ctl1")
                .hasMessageContaining("shows at the internal address no certificate instead of");
    }

    private Patience patience(List<Duration> rests, Runnable meanwhile) {
        InstantSource clock = () -> now.plusSeconds(rests.size());
        return new Patience(
                clock,
                () -> {
                    rests.add(Duration.ofSeconds(1));
                    meanwhile.run();
                });
    }

    private CertificatePlanning planning(String pem) {
        return new CertificatePlanning(context(pem), now);
    }

    private void shownEverywhere(String pem) {
        HOSTS.forEach(h -> loaded.put(h.name(), digest(pem, "SHA-1")));
        HOSTS.forEach(h -> lying.put(h.name(), sha256(pem)));
    }

    private RolloutContext context(String pem) {
        Map<Host, List<DesiredContainer>> containers = new LinkedHashMap<>();
        HOSTS.forEach(h -> containers.put(h, List.of(container(h, pem))));
        DesiredService sample = Samples.service("haproxy", "", 1984, Samples.CTL1, Samples.CTL2);
        DesiredService balancer =
                new DesiredService(
                        "loadbalancer",
                        "Load balancer",
                        "loadbalancer",
                        List.of(),
                        containers,
                        List.of(
                                new Frontend(
                                        "keystone_internal",
                                        "10.0.0.100",
                                        5000,
                                        true,
                                        Optional.empty(),
                                        Optional.of("10.0.0.100"))),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        new Variables(settings),
                        sample.upgrade());
        Deployment deployment = Samples.deployment(Map.of(), balancer);
        return new RolloutContext(
                deployment,
                balancer,
                cluster.hosts(),
                cluster.engines(),
                FakeCluster.oneByOne(),
                new FakeJournal());
    }

    private static DesiredContainer container(Host host, String pem) {
        DesiredContainer sample =
                Samples.service("haproxy", "", 1984, host).container(host, "haproxy").orElseThrow();
        return new DesiredContainer(
                sample.spec(),
                pem.isEmpty()
                        ? List.of()
                        : List.of(
                                new DesiredFile(
                                        "/etc/kolla/haproxy/haproxy-internal.pem",
                                        pem,
                                        0600,
                                        "root:root",
                                        Optional.of("kolla_internal_fqdn_cert"))),
                List.of());
    }

    private static String pem(TestAuthority.Signed signed) {
        return signed.pem() + signed.key();
    }

    private static String digest(String pem, String algorithm) {
        try {
            return ServerCertificate.parse(pem).digest(algorithm);
        } catch (UnusablePem e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant days(int days) {
        return now.plus(Duration.ofDays(days));
    }
}
