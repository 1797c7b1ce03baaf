package kolla.runbooks.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for tests. */
public final class TestAuthority {

    /** A key with its certificate. */
    public record Signed(X509Certificate certificate, KeyPair keys) {
        public String key() {
            return block("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        public String pem() {
            return TestAuthority.pem(certificate);
        }
    }

    private final X500Name name;
    private final Signed own;
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant to = Instant.now().plus(Duration.ofDays(365));
    private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;

    private TestAuthority(X500Name name, Signed own) {
        this.name = name;
        this.own = own;
    }

    /** One that signs itself. */
    public static TestAuthority root(String name) {
        X500Name subject = new X500Name("CN=" + name);
        KeyPair keys = keys("EC");
        return new TestAuthority(
                subject,
                sign(
                        subject,
                        subject,
                        keys,
                        keys,
                        Instant.now().minus(Duration.ofDays(2)),
                        Instant.now().plus(Duration.ofDays(3650)),
                        true,
                        List.of(),
                        KeyPurposeId.anyExtendedKeyUsage));
    }

    /** One that this one vouches for. */
    public TestAuthority intermediate(String other) {
        X500Name subject = new X500Name("CN=" + other);
        return new TestAuthority(
                subject,
                sign(
                        subject,
                        name,
                        keys("EC"),
                        own.keys(),
                        from,
                        to,
                        true,
                        List.of(),
                        KeyPurposeId.anyExtendedKeyUsage));
    }

    public TestAuthority valid(Instant begins, Instant ends) {
        TestAuthority other = new TestAuthority(name, own);
        other.from = begins;
        other.to = ends;
        return other;
    }

    TestAuthority forClients() {
        TestAuthority other = new TestAuthority(name, own);
        other.purpose = KeyPurposeId.id_kp_clientAuth;
        return other;
    }

    public String pem() {
        return own.pem();
    }

    public X509Certificate certificate() {
        return own.certificate();
    }

    /** For a server with these DNS names and addresses. */
    public Signed server(String... names) {
        return server(keys("EC"), names);
    }

    /** The same with an RSA key. */
    Signed rsaServer(String... names) {
        return server(keys("RSA"), names);
    }

    private Signed server(KeyPair keys, String... names) {
        return sign(
                new X500Name("CN=cloud"),
                name,
                keys,
                own.keys(),
                from,
                to,
                false,
                List.of(names),
                purpose);
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signed sign(
            X500Name subject,
            X500Name issuer,
            KeyPair keys,
            KeyPair signer,
            Instant from,
            Instant to,
            boolean authority,
            List<String> names,
            KeyPurposeId purpose) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(120, new SecureRandom()),
                            Date.from(from),
                            Date.from(to),
                            subject,
                            keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                names.stream()
                                        .map(TestAuthority::name)
                                        .toArray(GeneralName[]::new)));
            }
            return new Signed(
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(
                                            new JcaContentSignerBuilder("SHA256withECDSA")
                                                    .build(signer.getPrivate()))),
                    keys);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String block(String title, byte[] content) {
        return "-----BEGIN "
                + title
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END "
                + title
                + "-----\n";
    }

    private static GeneralName name(String name) {
        boolean address = name.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    /** As OpenSSL writes it. */
    public static String pem(Object... objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : Stream.of(objects).toList()) {
                writer.writeObject(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
