package kolla.runbooks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.tls.CertificateCheck.Verdict;
import kolla.runbooks.tls.TestAuthority.Signed;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;

class CertificateCheckTest {

    private final Instant now = Instant.now();
    private static final Map<String, String> VIP = Map.of("kolla_internal_fqdn", "10.0.0.100");
    private static final TestAuthority HOUSE = TestAuthority.root("House");

    @Test
    void acceptsACertificateThatItsAuthoritySigned() throws UnusablePem {
        Signed server = HOUSE.server("10.0.0.100", "cloud.example");

        assertThat(check(server.pem() + server.key(), VIP))
                .isEqualTo(new Verdict(List.of(), List.of()));
    }

    @Test
    void acceptsAKeyInEachFormThatOpenSslWrites() throws UnusablePem, IOException {
        Signed rsa = HOUSE.rsaServer("10.0.0.100");
        String pkcs1 = rsa.pem() + TestAuthority.pem(rsa.keys());
        assertThat(pkcs1).contains("BEGIN RSA PRIVATE KEY");
        assertThat(check(pkcs1, VIP).problems()).isEmpty();

        Signed curve = HOUSE.server("10.0.0.100");
        String sec1 = sec1((ECPrivateKey) curve.keys().getPrivate()) + curve.pem();
        assertThat(check(sec1, VIP).problems()).isEmpty();
    }

    private static String sec1(ECPrivateKey key) throws IOException {
        return TestAuthority.block(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                                256, key.getS(), SECObjectIdentifiers.secp256r1)
                        .getEncoded());
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() throws UnusablePem {
        String pem = HOUSE.server("10.0.0.100").pem() + HOUSE.server("10.0.0.100").key();

        assertThat(check(pem, VIP).problems())
                .containsExactly("its private key is not that of its certificate (CN=cloud)");
    }

    @Test
    void refusesAChainThatDoesNotBeginWithTheServersOwn() throws UnusablePem {
        TestAuthority branch = HOUSE.intermediate("Branch");
        Signed server = branch.server("10.0.0.100");

        assertThat(check(branch.pem() + server.pem() + server.key(), Map.of()).problems())
                .anyMatch(p -> p.contains("begins with CN=Branch") && p.contains("the first"));
    }

    @Test
    void refusesWhatHasExpiredOrIsNotValidYet() throws UnusablePem {
        Signed old = HOUSE.valid(days(-20), days(-1)).server("10.0.0.100");
        Signed future = HOUSE.valid(days(1), days(20)).server("10.0.0.100");

        assertThat(check(old.pem() + old.key(), VIP).problems())
                .singleElement()
                .asString()
                .startsWith("has expired on ");
        assertThat(check(future.pem() + future.key(), VIP).problems())
                .singleElement()
                .asString()
                .startsWith("is not valid before ");
    }

    @Test
    void tellsOfOneThatHasExpiredAndIsServedAlready() throws UnusablePem {
        Signed old = HOUSE.valid(days(-20), days(-1)).server("10.0.0.100");

        Verdict verdict =
                CertificateCheck.check(
                        ServerCertificate.parse(old.pem() + old.key()), VIP, house(), now, true);

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.warnings()).singleElement().asString().startsWith("has expired on ");
    }

    @Test
    void warnsOfAnEndWithinFourteenDays() throws UnusablePem {
        Signed soon = HOUSE.valid(days(-20), days(13)).server("10.0.0.100");
        Signed later = HOUSE.valid(days(-20), days(15)).server("10.0.0.100");

        assertThat(check(soon.pem() + soon.key(), VIP).warnings())
                .singleElement()
                .asString()
                .contains("within 14 days");
        assertThat(check(soon.pem() + soon.key(), VIP).problems()).isEmpty();
        assertThat(check(later.pem() + later.key(), VIP).warnings()).isEmpty();
    }

    @Test
    void refusesOneForAnotherName() throws UnusablePem {
        Signed server = HOUSE.server("10.0.0.99", "other.example");

        assertThat(check(server.pem() + server.key(), VIP).problems())
                .containsExactly(
                        "is for 10.0.0.99, other.example and not for kolla_internal_fqdn"
                                + " \"10.0.0.100\"");
        assertThat(check(HOUSE.server().pem() + HOUSE.server().key(), VIP).problems())
                .anyMatch(p -> p.contains("subjectAltName is missing"));
    }

    @Test
    void takesAWildcardForOneLabelAndNoAddress() throws UnusablePem {
        Signed server = HOUSE.server("*.example");
        ServerCertificate certificate = ServerCertificate.parse(server.pem() + server.key());

        assertThat(certificate.isFor("Cloud.Example")).isTrue();
        assertThat(certificate.isFor("a.cloud.example")).isFalse();
        assertThat(certificate.isFor("example")).isFalse();
        assertThat(
                        ServerCertificate.parse(
                                        HOUSE.server("*.0.0.100").pem()
                                                + HOUSE.server("*.0.0.100").key())
                                .isFor("10.0.0.100"))
                .isFalse();
    }

    @Test
    void namesWhoIsMissingInAChain() throws UnusablePem {
        TestAuthority branch = HOUSE.intermediate("Branch");
        Signed server = branch.server("10.0.0.100");

        assertThat(check(server.pem() + branch.pem() + server.key(), VIP).problems()).isEmpty();
        assertThat(check(server.pem() + server.key(), VIP).problems())
                .singleElement()
                .asString()
                .startsWith("its chain is incomplete: CN=cloud is signed by CN=Branch");
    }

    @Test
    void refusesAnAuthorityThatOnlyHasTheRightName() throws UnusablePem {
        Signed server = TestAuthority.root("House").server("10.0.0.100");

        assertThat(check(server.pem() + server.key(), VIP).problems())
                .singleElement()
                .asString()
                .startsWith("no chain leads from it to kolla_admin_openrc_cacert");
    }

    @Test
    void refusesACertificateForClients() throws UnusablePem {
        Signed server = HOUSE.forClients().server("10.0.0.100");

        assertThat(check(server.pem() + server.key(), VIP).problems())
                .anyMatch(p -> p.contains("lacks serverAuth"));
    }

    @Test
    void refusesAFileWithoutCertificateOrWithoutItsOneKey() {
        Signed server = HOUSE.server("10.0.0.100");

        assertThatThrownBy(() -> ServerCertificate.parse(server.key()))
                .hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> ServerCertificate.parse(server.pem()))
                .hasMessageContaining("holds no private key");
        assertThatThrownBy(
                        () -> ServerCertificate.parse(server.pem() + server.key() + server.key()))
                .hasMessageContaining("holds 2 private keys");
        assertThatThrownBy(
                        () ->
                                ServerCertificate.parse(
                                        server.pem().replaceFirst("\n.{20}", "\n!!!!")))
                .hasMessageContaining("damaged");
    }

    @Test
    void describesACertificateWithoutItsKey() {
        Signed server = HOUSE.server("10.0.0.100");
        String key = server.key().lines().skip(1).findFirst().orElseThrow();

        List<String> lines = ServerCertificate.describe(server.pem() + server.key());

        assertThat(String.join("\n", lines))
                .contains("names 10.0.0.100", "issuer CN=House", "SHA-256 ")
                .doesNotContain(key)
                .doesNotContain("PRIVATE");
    }

    private Verdict check(String pem, Map<String, String> names) throws UnusablePem {
        return CertificateCheck.check(ServerCertificate.parse(pem), names, house(), now, false);
    }

    private static Authorities house() {
        return new Authorities(
                Optional.of(java.nio.file.Path.of("root.crt")),
                HOUSE.pem(),
                List.of(HOUSE.certificate()));
    }

    private Instant days(int days) {
        return now.plus(Duration.ofDays(days));
    }
}
