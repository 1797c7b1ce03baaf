package kolla.runbooks.loadbalancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Frontend;
import kolla.runbooks.containers.ContainerEngine;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.Finding;
import kolla.runbooks.rollout.Patience;
import kolla.runbooks.rollout.RolloutContext;

/**
 * Whether HAProxy shows the certificates that it should: each one by what it has in memory, and the
 * virtual addresses by a handshake as a client does it.
 */
final class ShownCertificates {

    static final String OTHER = "KR-TLS-002";
    private static final Duration TAKEN = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Prints the SHA-256 of the certificate shown at each address and port, a line each. Python is
     * in every image: Kolla's own start script needs it. Trust and names are looked at where tokens
     * are asked for.
     */
    private static final String HANDSHAKES =
            """
            import hashlib, socket, ssl, sys
            client = ssl.create_default_context()
            client.check_hostname = False
            client.verify_mode = ssl.CERT_NONE
            for place in sys.argv[1:]:
                address, port, name = place.split()
                try:
                    with socket.create_connection((address, int(port)), 5) as plain:
                        with client.wrap_socket(plain, server_hostname=name) as tls:
                            print(hashlib.sha256(tls.getpeercert(True)).hexdigest())
                except OSError as failure:
                    print("no handshake:", failure)
            """;

    private ShownCertificates() {}

    /**
     * After a reload the new worker needs a moment.
     *
     * @throws RunbookFailure {@code KR-TLS-002} when the host's HAProxy does not show them
     */
    static void await(RolloutContext context, Host host, Patience patience) {
        for (DesiredCertificate desired : DesiredCertificate.on(context, host)) {
            Optional<Boolean> shown =
                    patience.until(
                            TAKEN,
                            () ->
                                    desired.isLoaded(seen(context, host, desired))
                                            ? Optional.of(true)
                                            : Optional.empty());
            if (shown.isEmpty()) {
                throw RunbookFailure.person(
                        OTHER,
                        host.name(),
                        sentence(desired, seen(context, host, desired))
                                + ", "
                                + TAKEN.toSeconds()
                                + " s after it was told to take it over");
            }
        }
    }

    private static Optional<LoadedCertificate> seen(
            RolloutContext context, Host host, DesiredCertificate desired) {
        return HaproxySocket.certificate(context, host, desired.file());
    }

    private static String sentence(DesiredCertificate desired, Optional<LoadedCertificate> seen) {
        return "HAProxy shows at the "
                + desired.side().word()
                + " address "
                + seen.map(s -> "the certificate with serial " + s.serial())
                        .orElse("no certificate")
                + " instead of "
                + desired.certificate().own().getSerialNumber().toString(16)
                + " ("
                + desired.certificate().brief()
                + ")";
    }

    /**
     * Of the hosts whose HAProxy runs; whether it does is another finding. A host that has not been
     * given the definition's file yet, because its turn is still to come, is not at fault: the
     * virtual addresses are looked at when all have it.
     */
    static List<Finding> findings(RolloutContext context) {
        List<Host> running =
                context.service().hosts().stream()
                        .filter(h -> !DesiredCertificate.on(context, h).isEmpty())
                        .filter(h -> HaproxySocket.runs(context, h))
                        .toList();
        List<Finding> findings = new ArrayList<>();
        context.fanOut().all(running, h -> inMemory(context, h)).values().forEach(findings::addAll);
        if (running.stream().allMatch(h -> given(context, h))) {
            running.stream().findFirst().ifPresent(h -> findings.addAll(handshakes(context, h)));
        }
        return findings;
    }

    private static boolean given(RolloutContext context, Host host) {
        return DesiredCertificate.on(context, host).stream().allMatch(d -> d.lies(context, host));
    }

    private static List<Finding> inMemory(RolloutContext context, Host host) {
        return DesiredCertificate.on(context, host).stream()
                .map(
                        desired -> {
                            Optional<LoadedCertificate> seen = seen(context, host, desired);
                            if (!desired.lies(context, host)) {
                                return Finding.good(
                                        OTHER,
                                        host.name()
                                                + " has not been given the certificate of the "
                                                + desired.side().word()
                                                + " address yet");
                            }
                            return desired.isLoaded(seen)
                                    ? Finding.good(
                                            OTHER,
                                            "HAProxy on "
                                                    + host.name()
                                                    + " has the certificate of the "
                                                    + desired.side().word()
                                                    + " address, valid until "
                                                    + desired.certificate().ends())
                                    : Finding.bad(
                                            OTHER,
                                            host.name(),
                                            host.name() + ": " + sentence(desired, seen));
                        })
                .toList();
    }

    private static List<Finding> handshakes(RolloutContext context, Host host) {
        List<DesiredCertificate> desired = DesiredCertificate.on(context, host);
        List<Frontend> frontends =
                context.deployment().services().stream()
                        .flatMap(s -> s.frontends().stream())
                        .filter(f -> f.tls().isPresent())
                        .toList();
        List<String> shown = shown(context, host, frontends);
        Map<Frontend, String> byFrontend = new HashMap<>();
        for (int i = 0; i < Math.min(shown.size(), frontends.size()); i++) {
            byFrontend.put(frontends.get(i), shown.get(i));
        }
        return frontends.stream()
                .map(f -> finding(f, byFrontend.getOrDefault(f, "no answer"), desired))
                .toList();
    }

    private static List<String> shown(RolloutContext context, Host host, List<Frontend> frontends) {
        List<String> argv = new ArrayList<>(List.of("python3", "-c", HANDSHAKES));
        frontends.forEach(f -> argv.add(f.address() + " " + f.port() + " " + f.tls().orElse("")));
        ContainerEngine.ExecResult result =
                context.engine(host)
                        .exec(HaproxySocket.CONTAINER, argv, Map.of(), Optional.empty(), LIMIT);
        return result.ok()
                ? result.out().lines().toList()
                : frontends.stream().map(f -> "no handshake: " + result.err().strip()).toList();
    }

    private static Finding finding(
            Frontend frontend, String shown, List<DesiredCertificate> desired) {
        String place = frontend.address() + ":" + frontend.port();
        return desired.stream().anyMatch(d -> d.certificate().digest("SHA-256").equals(shown))
                ? Finding.good(OTHER, place + " shows the certificate that it should")
                : Finding.bad(
                        OTHER,
                        place
                                + " shows another certificate than it should: "
                                + (shown.startsWith("no ") ? shown : "SHA-256 " + shown));
    }
}
