package kolla.runbooks.keystone;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has to happen to the fernet keys. */
public sealed interface FernetDecision {

    /** Every host has the same keys, and they are Keystone's alone. */
    record Nothing() implements FernetDecision {}

    /**
     * Bring every host to the same set.
     *
     * @param generate names of keys that no host has and that are made now
     * @param source by name of an existing key, the host to copy it from
     * @param missing by host, the names of the keys that it lacks
     * @param exposed by host, the names of the keys whose owner or mode is wrong
     */
    record Fill(
            Set<String> generate,
            Map<String, String> source,
            Map<String, Set<String>> missing,
            Map<String, Set<String>> exposed)
            implements FernetDecision {

        public Fill {
            generate = Collections.unmodifiableSet(new TreeSet<>(generate));
            source = Collections.unmodifiableMap(new TreeMap<>(source));
            missing = Collections.unmodifiableMap(new TreeMap<>(missing));
            exposed = Collections.unmodifiableMap(new TreeMap<>(exposed));
        }
    }

    record Refuse(String code, String sentence) implements FernetDecision {}
}
