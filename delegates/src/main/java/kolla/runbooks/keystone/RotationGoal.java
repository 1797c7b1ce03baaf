package kolla.runbooks.keystone;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a rotation of fernet keys ends, by digests: whoever knows it can tell on every host how far
 * the rotation has come, whatever died on the way. The new staged key 0 is not in it: it is the one
 * that the first host got.
 *
 * @param primary name of the key that signs afterwards
 * @param digest of that key, which was the staged key 0 before
 * @param keep by name, the digests of the older keys that stay
 * @param drop by name, the digests of the older keys that go
 */
public record RotationGoal(
        String primary, String digest, Map<String, String> keep, Map<String, String> drop) {

    public RotationGoal {
        keep = Collections.unmodifiableMap(new TreeMap<>(keep));
        drop = Collections.unmodifiableMap(new TreeMap<>(drop));
    }
}
