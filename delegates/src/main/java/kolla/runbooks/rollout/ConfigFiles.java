package kolla.runbooks.rollout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;

/** Compares the files of a container with those on a host. Pure. */
final class ConfigFiles {

    private ConfigFiles() {}

    /** The desired files that are missing on the host or differ from those there. */
    static List<DesiredFile> differing(
            DesiredContainer container, Map<String, ObservedFile> observed) {
        return container.files().stream().filter(f -> !same(f, observed.get(f.path()))).toList();
    }

    /** One digest over all the files of a container: what it was started or reloaded from. */
    static String digest(DesiredContainer container) {
        StringBuilder all = new StringBuilder();
        container.files().stream()
                .sorted(Comparator.comparing(DesiredFile::path))
                .forEach(
                        f ->
                                all.append(f.path())
                                        .append('\n')
                                        .append(sha256(f.content()))
                                        .append('\n'));
        return sha256(all.toString());
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean same(DesiredFile desired, ObservedFile seen) {
        return seen != null
                && seen.sha256().equals(sha256(desired.content()))
                && seen.mode() == desired.mode()
                && seen.owner().equals(desired.owner());
    }
}
