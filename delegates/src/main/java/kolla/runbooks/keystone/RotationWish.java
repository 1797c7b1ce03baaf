package kolla.runbooks.keystone;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the person who starts a rotation says about keys that tokens may still need.
 *
 * @param keepNeeded such a key stays, beyond the number that Keystone is configured to; otherwise
 *     it stops the rotation
 * @param dropAnyway names of keys that go although tokens that need them are refused then
 */
public record RotationWish(boolean keepNeeded, Set<String> dropAnyway) {

    public RotationWish {
        dropAnyway = Collections.unmodifiableSet(new TreeSet<>(dropAnyway));
    }

    /**
     * @param neededKeys {@code keep} or {@code refuse}
     * @param dropKeys comma separated
     */
    public static RotationWish of(String neededKeys, String dropKeys) {
        Set<String> names = new TreeSet<>();
        Stream.of(dropKeys.split(","))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .forEach(names::add);
        return new RotationWish(neededKeys.equals("keep"), names);
    }
}
