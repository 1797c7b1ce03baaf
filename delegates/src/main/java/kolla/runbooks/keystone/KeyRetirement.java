package kolla.runbooks.keystone;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the older keys go when the keys are rotated. Pure.
 *
 * <p>No token was issued with a key after the next higher one began to sign. That moment is not
 * known, but bounded: a file's inode changes when it gets its name, and nothing sets that time back
 * short of the host's clock, so the next key's change time is at or after it. (The time of the
 * content will not do: a staged key is written one rotation before it signs.) The last host counts.
 * From then on the key is needed for {@link TokenLife#needed}.
 *
 * @param drop names of the keys that go
 * @param sentences about them, for the approver
 * @param needed a sentence for each key that would have to go but may be needed
 */
record KeyRetirement(Set<String> drop, List<String> sentences, List<String> needed) {

    KeyRetirement {
        drop = Set.copyOf(drop);
        sentences = List.copyOf(sentences);
        needed = List.copyOf(needed);
    }

    /**
     * @param older names of all keys below the new primary, without the staged one
     * @param primary name of the new primary key
     */
    static KeyRetirement decide(
            List<FernetKeys.Read> hosts,
            Set<Integer> older,
            int primary,
            TokenLife life,
            RotationWish wish) {
        Set<String> drop = new TreeSet<>();
        List<String> sentences = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        TreeSet<Integer> all = new TreeSet<>(older);
        all.add(primary);
        long named = older.stream().filter(k -> wish.dropAnyway().contains(name(k))).count();
        // the staged and the primary key count too
        long tooMany = older.size() - named + 2 - life.activeKeys();
        for (int key : new TreeSet<>(older)) {
            String name = name(key);
            if (wish.dropAnyway().contains(name)) {
                drop.add(name);
                sentences.add(
                        "ACCEPTED LOSS: key "
                                + name
                                + " goes as asked for; tokens that were issued with it and have not"
                                + " expired are refused from then on");
                continue;
            }
            boolean gone = hosts.stream().anyMatch(h -> !h.digests().containsKey(name));
            if (tooMany-- <= 0 && !gone) {
                continue;
            }
            String next = name(all.higher(key));
            Optional<Instant> signed = signedByAll(hosts, next);
            if (signed.isPresent() && hosts.stream().allMatch(h -> over(h, next, life))) {
                drop.add(name);
                sentences.add(
                        "key "
                                + name
                                + " goes: key "
                                + next
                                + " has signed since "
                                + signed.get()
                                + " at the latest; "
                                + life.arithmetic()
                                + ", so no token needs it after "
                                + signed.get().plus(life.needed()));
            } else if (wish.keepNeeded() && !gone) {
                sentences.add(
                        "key "
                                + name
                                + " stays, although Keystone is configured to "
                                + life.activeKeys()
                                + " keys: "
                                + why(next, signed, life)
                                + "; a later rotation takes it away");
            } else {
                needed.add("key " + name + " would go, but " + why(next, signed, life));
            }
        }
        return new KeyRetirement(drop, sentences, needed);
    }

    private static boolean over(FernetKeys.Read host, String next, TokenLife life) {
        return !host.now().isBefore(host.since().get(next).plus(life.needed()));
    }

    /** Empty when a host does not sign with it yet, or the time is unknown there. */
    private static Optional<Instant> signedByAll(List<FernetKeys.Read> hosts, String key) {
        return hosts.stream().allMatch(h -> h.since().containsKey(key))
                ? hosts.stream().map(h -> h.since().get(key)).max(Instant::compareTo)
                : Optional.empty();
    }

    private static String why(String next, Optional<Instant> signed, TokenLife life) {
        return signed.map(
                        since ->
                                "tokens may need it until "
                                        + since.plus(life.needed())
                                        + ": key "
                                        + next
                                        + " has signed on every host since "
                                        + since
                                        + ", and "
                                        + life.arithmetic())
                .orElse(
                        "tokens may need it: it is not known that key "
                                + next
                                + " signs on every host, and "
                                + life.arithmetic());
    }

    /** Names that are to go and are no older key. */
    static String unknown(Set<Integer> older, RotationWish wish) {
        return wish.dropAnyway().stream()
                .filter(n -> older.stream().noneMatch(k -> name(k).equals(n)))
                .collect(joining(", "));
    }

    static String name(int key) {
        return String.valueOf(key);
    }
}
