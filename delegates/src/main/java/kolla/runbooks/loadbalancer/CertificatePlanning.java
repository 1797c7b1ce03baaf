package kolla.runbooks.loadbalancer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.tls.Authorities;
import kolla.runbooks.tls.CertificateCheck;
import kolla.runbooks.tls.CertificateCheck.Verdict;
import kolla.runbooks.tls.Side;

/**
 * What a plan says about certificates, and which are refused before anything is touched. One that
 * is served already and has ended is told and not refused: nothing gets worse by going on.
 */
final class CertificatePlanning {

    private final RolloutContext context;
    private final Instant now;
    private final Variables settings;
    private final Map<Host, List<DesiredCertificate>> desired = new LinkedHashMap<>();

    /** By host that runs HAProxy and answers: the files that it has loaded. */
    private final Map<Host, Map<String, Optional<LoadedCertificate>>> loaded =
            new LinkedHashMap<>();

    /**
     * Looks at what is served.
     *
     * @throws RunbookFailure {@code KR-TLS-001} when a desired certificate cannot be read
     */
    CertificatePlanning(RolloutContext context, Instant now) {
        this.context = context;
        this.now = now;
        this.settings = context.service().settings();
        for (Host host : context.service().hosts()) {
            desired.put(host, DesiredCertificate.on(context, host));
        }
        boolean any = desired.values().stream().anyMatch(d -> !d.isEmpty());
        context.fanOut()
                .all(context.service().hosts(), this::look)
                .forEach((host, seen) -> seen.ifPresent(s -> loaded.put(host, s)));
        if (any) {
            refuse();
        }
    }

    private Optional<Map<String, Optional<LoadedCertificate>>> look(Host host) {
        try {
            return HaproxySocket.runs(context, host)
                    ? Optional.of(HaproxySocket.certificates(context, host))
                    : Optional.empty();
        } catch (RunbookFailure silent) {
            // a HAProxy that does not answer may be what this deployment is to mend
            return Optional.empty();
        }
    }

    private void refuse() {
        List<String> problems = new ArrayList<>();
        for (DesiredCertificate certificate : each()) {
            verdict(certificate)
                    .problems()
                    .forEach(
                            p ->
                                    problems.add(
                                            DesiredCertificate.place(settings, certificate.side())
                                                    + ": "
                                                    + p));
        }
        if (!problems.isEmpty()) {
            throw RunbookFailure.person(
                    DesiredCertificate.REFUSED, String.join("; ", problems), problems);
        }
    }

    private Verdict verdict(DesiredCertificate certificate) {
        return CertificateCheck.check(
                certificate.certificate(),
                certificate.side().names(settings),
                Authorities.of(certificate.side(), settings),
                now,
                isServed(certificate));
    }

    private boolean isServed(DesiredCertificate certificate) {
        return loaded.values().stream()
                .anyMatch(
                        l ->
                                certificate.isLoaded(
                                        l.getOrDefault(certificate.file(), Optional.empty())));
    }

    /** Each certificate once, though every host gets it. */
    private Set<DesiredCertificate> each() {
        Set<DesiredCertificate> each = new LinkedHashSet<>();
        desired.values().forEach(each::addAll);
        return each;
    }

    /** What is worth a word and changes nothing; where nothing speaks TLS, no host is looked at. */
    static List<String> warnings(RolloutContext context, Instant now) {
        boolean any =
                context.service().hosts().stream()
                        .anyMatch(h -> !DesiredCertificate.on(context, h).isEmpty());
        return any ? new CertificatePlanning(context, now).warnings() : List.of();
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (DesiredCertificate certificate : each()) {
            verdict(certificate)
                    .warnings()
                    .forEach(
                            w ->
                                    warnings.add(
                                            "WARNING: the certificate of the "
                                                    + certificate.side().word()
                                                    + " address ("
                                                    + certificate.side().variable()
                                                    + ") "
                                                    + w));
        }
        return warnings;
    }

    /** What will be different for clients. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (Side side : Side.values()) {
            turned(side).ifPresent(sentences::add);
        }
        for (DesiredCertificate certificate : each()) {
            if (context.service().hosts().stream().anyMatch(h -> !shows(h, certificate))) {
                sentences.add(
                        "shows at the "
                                + certificate.side().word()
                                + " address the certificate "
                                + certificate.certificate().brief()
                                + (loaded.isEmpty()
                                        ? ""
                                        : "; a reload takes it over and closes no listener"));
            }
        }
        return sentences;
    }

    private boolean shows(Host host, DesiredCertificate certificate) {
        return !desired.get(host).contains(certificate)
                || certificate.isLoaded(
                        loaded.getOrDefault(host, Map.of())
                                .getOrDefault(certificate.file(), Optional.empty()));
    }

    /** Whether clients of a standing cluster have to use another protocol. */
    private Optional<String> turned(Side side) {
        boolean now = side.speaksTls(settings);
        boolean differs =
                loaded.values().stream()
                        .anyMatch(l -> l.containsKey(side.inContainer(settings)) != now);
        if (!differs) {
            return Optional.empty();
        }
        String before = now ? "http" : "https";
        String after = now ? "https" : "http";
        return Optional.of(
                "the "
                        + side.word()
                        + " address changes from "
                        + before
                        + " to "
                        + after
                        + ": from the reload of HAProxy on the address's holder on, requests to "
                        + before
                        + "://"
                        + String.join(", ", side.names(settings).values())
                        + " fail; Keystone's catalogue names the "
                        + after
                        + " endpoints when keystone has been rolled out");
    }
}
