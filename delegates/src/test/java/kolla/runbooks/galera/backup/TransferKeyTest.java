package kolla.runbooks.galera.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;

class TransferKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T17:00:00Z");

    @Test
    void isOneLineWithAKeyThatSocatReadsAndACertificateForTheNameThatTheSenderChecks()
            throws GeneralSecurityException {
        String line = TransferKey.make(NOW);
        String pem = text(line);

        assertThat(line).doesNotContain("\n");
        assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----");
        X509Certificate certificate = certificate(pem);
        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=" + TransferKey.NAME);
        assertThatNoException().isThrownBy(() -> certificate.verify(certificate.getPublicKey()));
    }

    @Test
    void holdsForOneTransferOnly() throws GeneralSecurityException {
        X509Certificate certificate = certificate(text(TransferKey.make(NOW)));

        assertThat(certificate.getNotBefore()).isBefore(Date.from(NOW));
        assertThat(certificate.getNotAfter())
                .isAfter(Date.from(NOW))
                .isBefore(Date.from(NOW.plus(Duration.ofDays(3))));
        assertThat(TransferKey.make(NOW)).isNotEqualTo(TransferKey.make(NOW));
    }

    private static String text(String line) {
        return new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
    }

    private static X509Certificate certificate(String pem) throws GeneralSecurityException {
        String part = pem.substring(pem.indexOf("-----BEGIN CERTIFICATE-----"));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8)));
    }
}
