package kolla.runbooks.hosts.ssh;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts.KnownHostEntry;

/**
 * Accepts a host only with a key that its cluster's {@code known_hosts} pins, under the host's
 * address or the inventory's name of it. Never learns a key. Remembers what it refused and why, for
 * the failure that follows; so one instance serves one connection attempt.
 */
final class PinnedHostKeys implements HostKeyVerifier {

    private final Path file;
    private final String alias;
    private final List<KnownHostEntry> entries;
    private String refusal = "";

    /**
     * @param alias the name of the host in the inventory
     * @throws UncheckedIOException when the file cannot be read
     */
    PinnedHostKeys(Path file, String alias) {
        this.file = file;
        this.alias = alias;
        try {
            File readable = file.toFile();
            if (!readable.canRead()) {
                throw new IOException("known_hosts " + file + " is not there or not readable");
            }
            this.entries = new OpenSSHKnownHosts(readable).entries();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean verify(String address, int port, PublicKey key) {
        List<KnownHostEntry> pinned = entriesFor(address, port);
        boolean revoked = pinned.stream().anyMatch(e -> isRevoked(e) && sameKey(e, key));
        boolean known = pinned.stream().anyMatch(e -> !isRevoked(e) && accepts(e, key));
        if (known && !revoked) {
            return true;
        }
        String got = KeyType.fromKey(key) + " " + fingerprint(blob(key));
        String expected =
                pinned.stream()
                        .filter(e -> !isRevoked(e))
                        .map(e -> e.getType() + " " + fingerprint(blob(e)))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("no key pinned");
        refusal =
                "the host key of "
                        + address
                        + (port == 22 ? "" : ":" + port)
                        + (revoked
                                ? " is revoked"
                                : pinned.isEmpty() ? " is not pinned" : " changed")
                        + " (expected "
                        + expected
                        + "; got "
                        + got
                        + "; "
                        + file
                        + ")";
        return false;
    }

    @Override
    public List<String> findExistingAlgorithms(String address, int port) {
        return entriesFor(address, port).stream()
                .filter(e -> !isRevoked(e))
                .map(e -> e.getType().toString())
                .distinct()
                .toList();
    }

    /** Why the key was refused; empty when none was. */
    Optional<String> refusal() {
        return Optional.of(refusal).filter(r -> !r.isEmpty());
    }

    private List<KnownHostEntry> entriesFor(String address, int port) {
        List<String> names = new ArrayList<>();
        for (String name : List.of(address, alias)) {
            names.add(port == 22 ? name : "[" + name + "]:" + port);
        }
        return entries.stream().filter(e -> names.stream().anyMatch(n -> applies(e, n))).toList();
    }

    private static boolean applies(KnownHostEntry entry, String name) {
        try {
            return entry.appliesTo(name);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean accepts(KnownHostEntry entry, PublicKey key) {
        try {
            return entry.verify(key);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isRevoked(KnownHostEntry entry) {
        return entry.getLine().startsWith("@revoked");
    }

    private static boolean sameKey(KnownHostEntry entry, PublicKey key) {
        return Arrays.equals(blob(entry), blob(key));
    }

    private static byte[] blob(PublicKey key) {
        return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    }

    /** The key as it stands in the file: the word after the one that names its type. */
    private static byte[] blob(KnownHostEntry entry) {
        List<String> words = List.of(entry.getLine().split(" "));
        int type = words.indexOf(entry.getType().toString());
        return Base64.getDecoder().decode(words.get(type + 1));
    }

    /** As {@code ssh-keygen -l} prints it. */
    private static String fingerprint(byte[] blob) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
