package kolla.runbooks.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges a certificate before a load balancer gets it. Pure. Looks for everything that would make
 * clients turn away, and finds all of it at once:
 *
 * <ul>
 *   <li>the private key is another certificate's;
 *   <li>not valid yet, or no more;
 *   <li>it lacks a name that clients use: a common name counts for nothing, as clients no longer
 *       look at it (RFC 6125, 6.4.4);
 *   <li>no chain leads from it to a trusted authority;
 *   <li>it is made for something else than servers.
 * </ul>
 *
 * <p>One that ends within {@link #SOON} is a warning.
 */
public final class CertificateCheck {

    /** How long before its end a certificate is worth a word. */
    public static final Duration SOON = Duration.ofDays(14);

    private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
    private static final String FOR_ALL = "2.5.29.37.0";

    private CertificateCheck() {}

    /**
     * @param problems each a clause that says what is and what would be right; none: it may be used
     * @param warnings the same for what is well as yet
     */
    public record Verdict(List<String> problems, List<String> warnings) {
        public Verdict {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param names by variable, what clients call the server
     * @param served whether it is shown already: then its time is told and refuses nothing
     */
    public static Verdict check(
            ServerCertificate certificate,
            Map<String, String> names,
            Authorities authorities,
            Instant now,
            boolean served) {
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        key(certificate, problems);
        time(certificate, now, served ? warnings : problems);
        names.forEach(
                (variable, name) -> {
                    if (!certificate.isFor(name)) {
                        problems.add(
                                "is for "
                                        + (certificate.names().isEmpty()
                                                ? "no name (subjectAltName is missing)"
                                                : String.join(", ", certificate.names()))
                                        + " and not for "
                                        + variable
                                        + " \""
                                        + name
                                        + "\"");
                    }
                });
        chain(certificate, authorities, now, problems);
        purpose(certificate.own(), problems);
        if (!now.isAfter(certificate.ends()) && now.plus(SOON).isAfter(certificate.ends())) {
            warnings.add(
                    "ends on "
                            + ServerCertificate.time(certificate.ends())
                            + ", within "
                            + SOON.toDays()
                            + " days; put a new one in its place soon");
        }
        return new Verdict(problems, warnings);
    }

    private static void key(ServerCertificate certificate, List<String> problems) {
        if (certificate.keyBelongsTo(certificate.own())) {
            return;
        }
        String subject = ServerCertificate.subject(certificate.own());
        boolean later = certificate.chain().stream().skip(1).anyMatch(certificate::keyBelongsTo);
        problems.add(
                later
                        ? "begins with "
                                + subject
                                + ", which is not the certificate of its private key; the server's"
                                + " own certificate has to be the first"
                        : "its private key is not that of its certificate (" + subject + ")");
    }

    private static void time(ServerCertificate certificate, Instant now, List<String> problems) {
        if (now.isAfter(certificate.ends())) {
            problems.add("has expired on " + ServerCertificate.time(certificate.ends()));
        } else if (now.isBefore(certificate.begins())) {
            problems.add("is not valid before " + ServerCertificate.time(certificate.begins()));
        }
    }

    private static void purpose(X509Certificate own, List<String> problems) {
        try {
            List<String> purposes = own.getExtendedKeyUsage();
            if (purposes != null
                    && !purposes.contains(FOR_SERVERS)
                    && !purposes.contains(FOR_ALL)) {
                problems.add("is not made for servers (extendedKeyUsage lacks serverAuth)");
            }
        } catch (GeneralSecurityException e) {
            problems.add("its extendedKeyUsage cannot be read: " + e.getMessage());
        }
    }

    /** At a time at which the certificate itself is valid: its end is a problem of its own. */
    private static void chain(
            ServerCertificate certificate,
            Authorities authorities,
            Instant now,
            List<String> problems) {
        Instant at = now;
        if (at.isAfter(certificate.ends())) {
            at = certificate.ends();
        } else if (at.isBefore(certificate.begins())) {
            at = certificate.begins();
        }
        try {
            X509CertSelector own = new X509CertSelector();
            own.setCertificate(certificate.own());
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(authorities.anchors(), own);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.addCertStore(
                    CertStore.getInstance(
                            "Collection", new CollectionCertStoreParameters(certificate.chain())));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            if (!authorities.trusted().contains(certificate.own())) {
                problems.add(broken(certificate, authorities, at, e));
            }
        }
    }

    private static String broken(
            ServerCertificate certificate,
            Authorities authorities,
            Instant at,
            GeneralSecurityException cause) {
        Set<X509Certificate> seen = new HashSet<>();
        X509Certificate last = certificate.own();
        while (seen.add(last)) {
            X509Certificate current = last;
            if (at.isAfter(current.getNotAfter().toInstant())) {
                return "its chain holds "
                        + ServerCertificate.subject(current)
                        + ", which has expired on "
                        + ServerCertificate.time(current.getNotAfter().toInstant());
            }
            last =
                    Stream.concat(certificate.chain().stream(), authorities.trusted().stream())
                            .filter(c -> !seen.contains(c))
                            .filter(
                                    c ->
                                            c.getSubjectX500Principal()
                                                    .equals(current.getIssuerX500Principal()))
                            .findFirst()
                            .orElse(current);
        }
        return authorities.trusted().contains(last)
                ? "no chain leads from it to " + authorities.source() + ": " + cause.getMessage()
                : "its chain is incomplete: "
                        + ServerCertificate.subject(last)
                        + " is signed by "
                        + last.getIssuerX500Principal()
                        + ", which stands neither in the file nor in "
                        + authorities.source();
    }
}
