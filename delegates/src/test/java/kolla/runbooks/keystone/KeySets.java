package kolla.runbooks.keystone;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sets of fernet keys to make tests from; a key's digest is a letter. */
final class KeySets {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final TokenLife LIFE = new TokenLife(Duration.ofDays(1), Duration.ofDays(2), 3);
    static final RotationWish PLAIN = RotationWish.of("refuse", "");
    static final RotationWish KEEP = RotationWish.of("keep", "");

    private KeySets() {}

    /** {@code 0=c 1=a 2=b}, all of it old. */
    static FernetKeys.Read keys(String host, String set) {
        return keys(host, set, Duration.ofDays(30));
    }

    static FernetKeys.Read keys(String host, String set, Duration age) {
        Map<String, String> digests = new LinkedHashMap<>();
        Map<String, Instant> since = new TreeMap<>();
        for (String key : set.split(" ")) {
            if (!key.isEmpty()) {
                String[] pair = key.split("=");
                digests.put(pair[0], pair[1]);
                since.put(pair[0], NOW.minus(age));
            }
        }
        return new FernetKeys.Read(host, digests, Set.of(), since, NOW);
    }

    /** The same with one key of another age. */
    static FernetKeys.Read aged(FernetKeys.Read keys, String name, Duration age) {
        Map<String, Instant> since = new TreeMap<>(keys.since());
        since.put(name, NOW.minus(age));
        return new FernetKeys.Read(keys.host(), keys.digests(), keys.exposed(), since, NOW);
    }
}
