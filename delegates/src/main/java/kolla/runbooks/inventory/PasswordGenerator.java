package kolla.runbooks.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the empty values of a {@code passwords.yml}, as Kolla's {@code kolla-genpwd} does: a value
 * that is there stays, and so do comments and the order of lines. Safe to run again.
 *
 * <ul>
 *   <li>{@code …_uuid}: a random UUID
 *   <li>{@code private_key} and {@code public_key} below a name: an RSA pair for SSH
 *   <li>{@code barbican_crypto_key}: 32 random bytes in URL-safe Base64, the form of a fernet key
 *   <li>{@code docker_registry_password}: stays empty, since it is somebody else's to give
 *   <li>everything else: 40 random letters and digits
 * </ul>
 *
 * <p>The file is replaced at once (written beside, forced to disk, renamed) with mode 0600.
 */
public final class PasswordGenerator {

    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int LENGTH = 40;
    private static final Set<String> GIVEN_BY_OTHERS = Set.of("docker_registry_password");
    private static final Pattern ENTRY =
            Pattern.compile("(?<indent> *)(?<name>[A-Za-z_][A-Za-z0-9_]*):(?<value>.*)");
    private static final Pattern EMPTY =
            Pattern.compile("\\s*(?:~|null|''|\"\")?\\s*(?<comment>\\s#.*)?");

    private final SecureRandom random;

    public PasswordGenerator(SecureRandom random) {
        this.random = random;
    }

    /**
     * @param needed names that must be in the file; those that are not are added at its end
     * @return the names that got a value, key pairs as {@code name.private_key}
     * @throws DefinitionException when the file cannot be read, is no YAML mapping or is encrypted
     */
    public Set<String> fill(Path file, Collection<String> needed) {
        String text = read(file);
        Map<String, Sited> known = known(file, text);
        List<String> lines = new ArrayList<>(text.lines().toList());
        needed.stream()
                .filter(n -> !known.containsKey(n))
                .distinct()
                .forEach(n -> lines.add(n + ":"));
        Map<String, String> pair = new LinkedHashMap<>();
        Set<String> filled = new LinkedHashSet<>();
        List<String> written = new ArrayList<>();
        String parent = "";
        for (String line : lines) {
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                written.add(line);
                continue;
            }
            boolean nested = !entry.group("indent").isEmpty();
            if (!nested) {
                parent = entry.group("name");
                pair.clear();
            }
            String name = nested ? parent + "." + entry.group("name") : parent;
            if (!nested && isMapping(known, name)) {
                pair.putAll(emptyPair(known, name) ? SshKeys.pair(random) : Map.of());
                written.add(line);
            } else if (nested && !pair.containsKey(entry.group("name"))) {
                written.add(line);
            } else {
                boolean done = fill(entry, name, pair, written);
                if (done) {
                    filled.add(name);
                }
            }
        }
        if (!filled.isEmpty()) {
            write(file, String.join("\n", written) + "\n");
        }
        return filled;
    }

    private boolean fill(
            Matcher entry, String name, Map<String, String> pair, List<String> written) {
        Matcher empty = EMPTY.matcher(entry.group("value"));
        if (!empty.matches() || GIVEN_BY_OTHERS.contains(name)) {
            written.add(entry.group());
            return false;
        }
        String indent = entry.group("indent");
        String value = pair.isEmpty() ? value(name) : pair.get(entry.group("name"));
        String comment = empty.group("comment") == null ? "" : empty.group("comment");
        String key = indent + entry.group("name") + ": ";
        if (value.contains("\n")) {
            written.add(key + "|" + comment);
            value.lines().forEach(l -> written.add(indent + "  " + l));
        } else {
            written.add(key + value + comment);
        }
        return true;
    }

    private String value(String name) {
        if (name.endsWith("_uuid")) {
            byte[] bytes = bytes(16);
            bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
            bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
            java.nio.ByteBuffer halves = java.nio.ByteBuffer.wrap(bytes);
            return new UUID(halves.getLong(), halves.getLong()).toString();
        }
        if (name.equals("barbican_crypto_key")) {
            return Base64.getUrlEncoder().encodeToString(bytes(32));
        }
        return random.ints(LENGTH, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .reduce("", String::concat);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static boolean isMapping(Map<String, Sited> known, String name) {
        return known.containsKey(name) && known.get(name).value() instanceof Map<?, ?>;
    }

    private static boolean emptyPair(Map<String, Sited> known, String name) {
        return known.get(name).value() instanceof Map<?, ?> parts
                && parts.keySet().equals(Set.of("private_key", "public_key"))
                && parts.values().stream().allMatch(""::equals);
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file);
            if (Vault.isEncrypted(text)) {
                throw wrong(
                        file,
                        "it is encrypted with ansible-vault and is not changed here; decrypt it,"
                                + " generate, encrypt it again");
            }
            return text;
        } catch (IOException e) {
            throw wrong(file, "the file cannot be read: " + e);
        }
    }

    private static Map<String, Sited> known(Path file, String text) {
        List<Gap> gaps = new ArrayList<>();
        // A value encrypted by itself is there, so it stays; what it is does not matter here.
        Map<String, Sited> known = new YamlSource(file, vault -> "vault", gaps).read(text);
        if (!gaps.isEmpty()) {
            throw new DefinitionException(gaps);
        }
        return known;
    }

    private static DefinitionException wrong(Path file, String what) {
        return new DefinitionException(List.of(new Gap(file, 0, what)));
    }

    private static void write(Path file, String text) {
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
