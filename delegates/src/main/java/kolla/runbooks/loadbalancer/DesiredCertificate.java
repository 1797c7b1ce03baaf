package kolla.runbooks.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.inventory.Variables;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.tls.ServerCertificate;
import kolla.runbooks.tls.Side;
import kolla.runbooks.tls.UnusablePem;

/**
 * A certificate that HAProxy should show.
 *
 * @param file where HAProxy has it in its container
 */
record DesiredCertificate(Side side, ServerCertificate certificate, String file) {

    static final String REFUSED = "KR-TLS-001";

    /**
     * Those of one host, by its definition.
     *
     * @throws RunbookFailure {@code KR-TLS-001} when one cannot be read
     */
    static List<DesiredCertificate> on(RolloutContext context, Host host) {
        Variables settings = context.service().settings();
        List<DesiredCertificate> desired = new ArrayList<>();
        List<DesiredFile> files =
                context.service()
                        .container(host, HaproxySocket.CONTAINER)
                        .map(c -> c.files())
                        .orElse(List.of());
        for (DesiredFile file : files) {
            Optional<Side> side = file.certificate().flatMap(Side::of);
            if (side.isPresent()) {
                desired.add(
                        new DesiredCertificate(
                                side.get(),
                                read(settings, side.get(), file.content()),
                                side.get().inContainer(settings)));
            }
        }
        return desired;
    }

    private static ServerCertificate read(Variables settings, Side side, String pem) {
        try {
            return ServerCertificate.parse(pem);
        } catch (UnusablePem e) {
            throw RunbookFailure.person(
                    REFUSED, place(settings, side) + ": " + e.getMessage(), List.of());
        }
    }

    /** The variable and the file that it names, for people. */
    static String place(Variables settings, Side side) {
        return side.variable() + ": " + settings.string(side.variable(), "");
    }

    boolean isLoaded(Optional<LoadedCertificate> seen) {
        return seen.map(LoadedCertificate::sha1)
                .filter(certificate.digest("SHA-1")::equals)
                .isPresent();
    }
}
