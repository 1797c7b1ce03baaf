package kolla.runbooks.steps;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;

/** One digest over all that a cluster should be; two equal definitions have equal digests. */
final class DefinitionDigest {

    private DefinitionDigest() {}

    static String of(Deployment deployment) {
        MessageDigest digest = sha256();
        for (DesiredService service : deployment.services()) {
            add(digest, service.name());
            for (Host host : service.hosts()) {
                add(digest, host.name());
                for (DesiredContainer container : service.on(host)) {
                    add(digest, container.spec().toString());
                    for (DesiredFile file : container.files()) {
                        add(digest, file.path());
                        add(digest, file.content());
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
