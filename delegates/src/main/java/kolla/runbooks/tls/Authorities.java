package kolla.runbooks.tls;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Variables;

/**
 * Whom this product trusts as a client of the cloud: the authorities in the file that {@code
 * kolla_admin_openrc_cacert} names on this machine, or, without one, those that every Java knows.
 * At the external address both: it may have a certificate that everybody accepts while the internal
 * one is signed in the house.
 *
 * @param file empty when none is named
 * @param pem the file's text; empty without a file
 * @param trusted the authorities' certificates
 */
public record Authorities(Optional<Path> file, String pem, List<X509Certificate> trusted) {

    public static final String VARIABLE = "kolla_admin_openrc_cacert";
    private static final String REFUSED = "KR-TLS-001";

    public Authorities {
        trusted = List.copyOf(trusted);
    }

    /**
     * @throws RunbookFailure {@code KR-TLS-001} when the file cannot be used
     */
    public static Authorities of(Side side, Variables settings) {
        Optional<Path> file =
                settings.string(VARIABLE)
                        .map(String::strip)
                        .filter(f -> !f.isEmpty())
                        .map(Path::of);
        if (file.isEmpty()) {
            return new Authorities(file, "", everybodys());
        }
        String pem = read(file.get());
        List<X509Certificate> named = certificates(file.get(), pem);
        return new Authorities(
                file,
                pem,
                side == Side.INTERNAL
                        ? named
                        : Stream.concat(named.stream(), everybodys().stream()).toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw refused(file, "there is no such file on this machine", e);
        } catch (CharacterCodingException e) {
            throw refused(file, "is not text in PEM", e);
        } catch (IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> certificates(Path file, String pem) {
        try {
            List<X509Certificate> found = PemObjects.read(pem).certificates();
            if (found.isEmpty()) {
                throw refused(file, "holds no certificate in PEM", null);
            }
            return found;
        } catch (UnusablePem e) {
            throw refused(file, e.getMessage(), e);
        }
    }

    private static RunbookFailure refused(Path file, String what, Throwable cause) {
        return new RunbookFailure(
                REFUSED,
                RunbookFailure.Remedy.PERSON,
                Optional.empty(),
                VARIABLE
                        + ": "
                        + file
                        + ": "
                        + what
                        + "; name the file with the authorities that signed the cluster's"
                        + " certificates",
                List.of(),
                cause);
    }

    private static List<X509Certificate> everybodys() {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(m -> Arrays.stream(m.getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform knows authorities", e);
        }
    }

    /** The text of the file that is named. */
    public Optional<String> named() {
        return file.map(f -> pem);
    }

    Set<TrustAnchor> anchors() {
        return trusted.stream().map(c -> new TrustAnchor(c, null)).collect(Collectors.toSet());
    }

    /** For people: where they come from. */
    String source() {
        return file.map(f -> VARIABLE + " (" + f + ")")
                .orElse("the authorities that everybody knows (" + VARIABLE + " names no file)");
    }

    /** For connections that trust these and nobody else; who connects has to check the name. */
    public SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("authority-" + i, trusted.get(i));
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            TrustManager[] managers = factory.getTrustManagers();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
