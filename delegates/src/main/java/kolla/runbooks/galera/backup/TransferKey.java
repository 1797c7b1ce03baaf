package kolla.runbooks.galera.backup;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and a certificate for one transfer between two hosts. Both ends hold both and trust nothing
 * else, so each proves to the other that this program sent it.
 */
final class TransferKey {

    /** What the receiver calls itself; the sender checks it. */
    static final String NAME = "kolla-runbooks-transfer";

    private static final Duration SKEW = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(2);

    private TransferKey() {}

    /** Both in PEM, in Base64 so that it is one line of an environment. */
    static String make(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=" + NAME);
            JcaX509v3CertificateBuilder certificate =
                    new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(120, new SecureRandom()),
                            Date.from(now.minus(SKEW)),
                            Date.from(now.plus(LIFE)),
                            name,
                            pair.getPublic());
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            StringWriter text = new StringWriter();
            try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
                pem.writeObject(new JcaPKCS8Generator(pair.getPrivate(), null));
                pem.writeObject(
                        certificate.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate())));
            }
            return Base64.getEncoder()
                    .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java platform can make an EC certificate", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
