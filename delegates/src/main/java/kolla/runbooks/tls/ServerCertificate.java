package kolla.runbooks.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What HAProxy serves: a certificate, those that lead from it to an authority, and the private key,
 * as they stand in one PEM file.
 *
 * @param chain the server's own certificate first
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final int DNS = 2;
    private static final int IP = 7;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * @throws UnusablePem when it holds no certificate or not exactly one private key
     */
    public static ServerCertificate parse(String pem) throws UnusablePem {
        PemObjects found = PemObjects.read(pem);
        if (found.certificates().isEmpty()) {
            throw new UnusablePem(
                    "holds no certificate; it needs certificate, chain and private key in PEM, in"
                            + " one file");
        }
        if (found.keys().size() != 1) {
            throw new UnusablePem(
                    "holds "
                            + (found.keys().isEmpty() ? "no" : found.keys().size())
                            + " private key"
                            + (found.keys().isEmpty() ? "" : "s")
                            + "; it needs certificate, chain and one private key in PEM, in one"
                            + " file");
        }
        return new ServerCertificate(found.certificates(), found.keys().get(0));
    }

    /** For people, without the key; one line if it cannot be read. */
    public static List<String> describe(String pem) {
        try {
            return parse(pem).describe();
        } catch (UnusablePem e) {
            return List.of("no usable certificate: " + e.getMessage());
        }
    }

    /** The server's own certificate. */
    public X509Certificate own() {
        return chain.get(0);
    }

    /** What there is to see of it, a line each. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add("subject " + subject(own()));
        lines.add("names " + String.join(", ", names()));
        lines.add("issuer " + own().getIssuerX500Principal());
        lines.add("valid from " + TIME.format(begins()) + " to " + TIME.format(ends()));
        lines.add("serial " + own().getSerialNumber().toString(16));
        lines.add("SHA-256 " + digest("SHA-256"));
        if (chain.size() > 1) {
            lines.add(
                    "chain "
                            + chain.stream()
                                    .skip(1)
                                    .map(ServerCertificate::subject)
                                    .collect(Collectors.joining(", then ")));
        }
        return lines;
    }

    /** The same in one sentence's part. */
    public String brief() {
        return subject(own())
                + " for "
                + String.join(", ", names())
                + ", valid until "
                + TIME.format(ends())
                + ", SHA-256 "
                + digest("SHA-256");
    }

    static String subject(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().toString();
        return subject.isEmpty() ? "(no subject)" : subject;
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    public Instant begins() {
        return own().getNotBefore().toInstant();
    }

    public Instant ends() {
        return own().getNotAfter().toInstant();
    }

    /** Of the server's own certificate in its binary form, lower-case hex. */
    public String digest(String algorithm) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(own().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " of a certificate that was read", e);
        }
    }

    /** The host names and addresses that clients may call it by. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> found = own().getSubjectAlternativeNames();
            for (List<?> name : found == null ? List.<List<?>>of() : found) {
                int kind = (Integer) name.get(0);
                if (kind == DNS || kind == IP) {
                    names.add(name.get(1).toString());
                }
            }
        } catch (CertificateParsingException e) {
            // nobody could find a name in it
            return List.of();
        }
        return names;
    }

    /** Whether a client that calls the server so accepts it. A wildcard stands for one label. */
    public boolean isFor(String name) {
        return names().stream().anyMatch(n -> covers(n, name));
    }

    private static boolean covers(String pattern, String name) {
        if (pattern.equalsIgnoreCase(name)) {
            return true;
        }
        int dot = name.indexOf('.');
        return pattern.startsWith("*.")
                && dot > 0
                && !name.matches("[0-9.]+")
                && pattern.substring(1).equalsIgnoreCase(name.substring(dot));
    }

    /** Whether what the key signs is verified by the certificate. */
    boolean keyBelongsTo(X509Certificate certificate) {
        byte[] text = "kolla-runbooks".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try {
            Signature signing = Signature.getInstance(algorithm());
            signing.initSign(key);
            signing.update(text);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm());
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(text);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            // a key of one kind and a certificate of another
            return false;
        }
    }

    private String algorithm() {
        return switch (key.getAlgorithm()) {
            case "RSA", "RSASSA-PSS" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> key.getAlgorithm();
        };
    }

    @Override
    public String toString() {
        return "ServerCertificate" + describe();
    }
}
