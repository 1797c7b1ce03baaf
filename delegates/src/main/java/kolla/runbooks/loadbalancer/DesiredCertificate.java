package kolla.runbooks.loadbalancer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.hosts.Command;
import kolla.runbooks.hosts.CommandResult;
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
 * @param source the file on the host that it is copied from
 */
record DesiredCertificate(
        Side side, ServerCertificate certificate, String file, DesiredFile source) {

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
                                side.get().inContainer(settings),
                                file));
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

    /**
     * Whether it lies on the host already; before that no HAProxy can be blamed for the old one.
     */
    boolean lies(RolloutContext context, Host host) {
        CommandResult sum =
                context.connection(host).run(Command.of("sha256sum", "--", source.path()));
        return sum.ok() && sum.out().startsWith(sha256() + " ");
    }

    private String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(source.content().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean isLoaded(Optional<LoadedCertificate> seen) {
        return seen.map(LoadedCertificate::sha1)
                .filter(certificate.digest("SHA-1")::equals)
                .isPresent();
    }
}
