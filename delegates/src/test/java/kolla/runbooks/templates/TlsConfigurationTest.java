package kolla.runbooks.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.Endpoint;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.inventory.DefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsConfigurationTest {

    @TempDir Path folder;

    @Test
    void httpFrontendsShowTheCertificateAndOthersDoNot() throws IOException {
        Map<String, List<String>> services = services(internal().render());

        assertThat(services.get("frontend keystone_internal_front"))
                .contains(
                        "bind 10.0.0.100:5000 ssl crt /etc/haproxy/haproxy-internal.pem alpn"
                                + " http/1.1",
                        "http-request set-header X-Forwarded-Proto https");
        assertThat(services.get("frontend mariadb_front")).contains("bind 10.0.0.100:3306");
    }

    @Test
    void withoutTlsNothingSpeaksOfCertificates() {
        Deployment deployment = new ClusterFixture(folder).render();

        assertThat(Rendered.files(deployment).values())
                .noneMatch(f -> f.contains("ssl") || f.contains("X-Forwarded-Proto"));
        assertThat(Rendered.files(deployment).keySet()).noneMatch(f -> f.endsWith(".pem"));
    }

    @Test
    void oldProtocolsAndWeakCiphersAreOff() throws IOException {
        List<String> global =
                Rendered.haproxy(Rendered.file(internal().render(), "ctl1", "haproxy/haproxy.cfg"))
                        .get("global");

        assertThat(global).anyMatch(l -> l.contains("ssl-min-ver TLSv1.2"));
        assertThat(global)
                .filteredOn(l -> l.startsWith("ssl-default-bind-ciphers "))
                .singleElement()
                .asString()
                .doesNotContain("CBC", "SHA:", "RC4", "3DES")
                .matches("ssl-default-bind-ciphers ECDHE-[A-Z0-9:-]+");
    }

    @Test
    void theCertificateIsReadByRootAloneAndKnownAsASecret() throws IOException {
        DesiredFile file =
                Rendered.container(internal().render(), "haproxy", "ctl2").files().stream()
                        .filter(f -> f.path().equals("/etc/kolla/haproxy/haproxy-internal.pem"))
                        .findFirst()
                        .orElseThrow();

        assertThat(file.mode()).isEqualTo(0600);
        assertThat(file.content()).isEqualTo("the internal one\n");
        assertThat(file.certificate()).contains("kolla_internal_fqdn_cert");
        assertThat(Rendered.file(internal().render(), "ctl1", "haproxy/config.json"))
                .contains("\"dest\" : \"/etc/haproxy/haproxy-internal.pem\"");
    }

    @Test
    void urlsOfTheCatalogueBecomeHttps() throws IOException {
        Deployment deployment = internal().with("kolla_internal_fqdn", "api.example").render();
        Endpoint endpoint = deployment.service("keystone").endpoint().orElseThrow();

        assertThat(endpoint.internalUrl()).isEqualTo("https://api.example:5000");
        assertThat(endpoint.publicUrl()).isEqualTo("https://api.example:5000");
        assertThat(deployment.service("keystone").frontends())
                .extracting(Frontend::tls)
                .containsExactly(Optional.of("api.example"));
    }

    @Test
    void theExternalAddressHasACertificateOfItsOwn() throws IOException {
        Deployment deployment =
                certificate("haproxy.pem", "the external one\n")
                        .with("kolla_external_vip_address", "192.0.2.100")
                        .with("kolla_enable_tls_external", "yes")
                        .render();
        Map<String, List<String>> services = services(deployment);

        assertThat(services.get("frontend keystone_external_front"))
                .anyMatch(
                        l ->
                                l.startsWith(
                                        "bind 192.0.2.100:5000 ssl crt /etc/haproxy/haproxy.pem"));
        assertThat(services.get("frontend keystone_internal_front"))
                .contains("bind 10.0.0.100:5000");
        Endpoint endpoint = deployment.service("keystone").endpoint().orElseThrow();
        assertThat(endpoint.publicUrl()).isEqualTo("https://192.0.2.100:5000");
        assertThat(endpoint.internalUrl()).isEqualTo("http://10.0.0.100:5000");
    }

    @Test
    void aFileThatIsNotThereIsAGapThatNamesVariableAndFile() {
        assertThat(gaps(new ClusterFixture(folder).with("kolla_enable_tls_internal", "yes")))
                .contains("certificates/haproxy-internal.pem: kolla_internal_fqdn_cert:")
                .contains("there is no such file");
    }

    @Test
    void aFileElsewhereIsFoundByItsVariable() throws IOException {
        Files.writeString(folder.resolve("mine.pem"), "mine");
        Deployment deployment =
                new ClusterFixture(folder)
                        .with("kolla_enable_tls_internal", "yes")
                        .with("kolla_internal_fqdn_cert", "{{ node_config }}/mine.pem")
                        .render();

        assertThat(Rendered.file(deployment, "ctl1", "haproxy/haproxy-internal.pem"))
                .isEqualTo("mine");
    }

    @Test
    void oneAddressCannotSpeakBothProtocols() throws IOException {
        assertThat(gaps(internal().with("kolla_enable_tls_external", "no")))
                .contains("kolla_enable_tls_internal: yes, kolla_enable_tls_external: no");
    }

    private ClusterFixture internal() throws IOException {
        return certificate("haproxy-internal.pem", "the internal one\n")
                .with("kolla_enable_tls_internal", "yes");
    }

    private ClusterFixture certificate(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("certificates"));
        Files.writeString(folder.resolve("certificates").resolve(name), text);
        return new ClusterFixture(folder);
    }

    private static Map<String, List<String>> services(Deployment deployment) {
        return Rendered.haproxy(Rendered.file(deployment, "ctl1", "haproxy/services.cfg"));
    }

    private static String gaps(ClusterFixture fixture) {
        return catchThrowableOfType(DefinitionException.class, fixture::render).gaps().toString();
    }
}
