package kolla.runbooks.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.Deployments;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.catalog.Upgrade;
import kolla.runbooks.containers.ContainerSpec;
import kolla.runbooks.inventory.Cluster;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.inventory.DefinitionException;
import kolla.runbooks.inventory.Gap;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Inventory;
import kolla.runbooks.inventory.Login;
import kolla.runbooks.inventory.Passwords;
import kolla.runbooks.inventory.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateGaugesTest {

    private static final String NAME = "runbooks.certificate.ends";

    @TempDir Path folder;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void tellsHowLongTheCertificateOfAnAddressIsValid() throws Exception {
        gauges(deployment(pem(30))).look();

        Gauge gauge = meters.get(NAME).tag("cluster", "prod").tag("address", "internal").gauge();
        assertThat(gauge.value())
                .isBetween((double) days(29).toSeconds(), (double) days(30).toSeconds());
    }

    @Test
    void whatCannotBeReadHasNoRow() throws Exception {
        gauges(deployment("no certificate")).look();
        assertThat(meters.find(NAME).gauges()).isEmpty();

        gauges(
                        cluster -> {
                            throw new DefinitionException(
                                    List.of(new Gap(folder, 0, "a password is missing")));
                        })
                .look();
        assertThat(meters.find(NAME).gauges()).isEmpty();
    }

    private CertificateGauges gauges(Deployment deployment) {
        return gauges(cluster -> deployment);
    }

    private CertificateGauges gauges(Deployments deployments) {
        return new CertificateGauges(new OneCluster(cluster()), deployments, meters);
    }

    private record OneCluster(Cluster cluster) implements Clusters {
        @Override
        public List<String> names() {
            return List.of(cluster.name());
        }

        @Override
        public Cluster read(String name, Map<String, String> extra) {
            return cluster;
        }
    }

    private Cluster cluster() {
        return new Cluster(
                "prod",
                folder,
                new Inventory(List.of(), Map.of()),
                Variables.NONE,
                Passwords.NONE,
                folder,
                folder);
    }

    private Deployment deployment(String pem) {
        Host host =
                new Host(
                        "ctl1",
                        new Login(
                                "10.0.0.11", 22, "root", false, Optional.empty(), Optional.empty()),
                        Variables.NONE);
        DesiredFile file =
                new DesiredFile(
                        "/etc/kolla/haproxy/haproxy-internal.pem",
                        pem,
                        0600,
                        "root:root",
                        Optional.of("kolla_internal_fqdn_cert"));
        ContainerSpec spec =
                new ContainerSpec(
                        "haproxy",
                        "haproxy",
                        List.of(),
                        new java.util.TreeMap<>(),
                        new java.util.TreeMap<>(),
                        false,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        "no",
                        Optional.empty(),
                        Duration.ofSeconds(1));
        DesiredService service =
                new DesiredService(
                        "loadbalancer",
                        "Load balancer",
                        "loadbalancer",
                        List.of(),
                        Map.of(host, List.of(new DesiredContainer(spec, List.of(file), List.of()))),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Variables.NONE,
                        Upgrade.NONE);
        return new Deployment(cluster(), List.of(service), List.of(), "10.0.0.100", List.of());
    }

    /** Made by the tool that comes with every JDK. */
    private String pem(int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=cloud",
                                "-validity",
                                String.valueOf(days),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                store.toString())
                        .inheritIO()
                        .start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        return block("CERTIFICATE", keys.getCertificate("server").getEncoded())
                + block("PRIVATE KEY", keys.getKey("server", password).getEncoded());
    }

    private static String block(String title, byte[] content) {
        return "-----BEGIN "
                + title
                + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content)
                + "\n-----END "
                + title
                + "-----\n";
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
