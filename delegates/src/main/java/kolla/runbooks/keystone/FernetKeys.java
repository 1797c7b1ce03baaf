package kolla.runbooks.keystone;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is known of the fernet keys on one host. Only digests, never a key. */
public sealed interface FernetKeys {

    String host();

    /** The host could not be read: it may hold keys that nobody else has. */
    record Unread(String host, String why) implements FernetKeys {}

    /**
     * @param digests by the key's name (a number), SHA-256 of its file
     * @param exposed names of keys whose owner or mode is not Keystone's alone
     * @param since by name, when the file's inode was last changed: it had its name by then
     * @param now the host's own clock, when it was read
     */
    record Read(
            String host,
            Map<String, String> digests,
            Set<String> exposed,
            Map<String, Instant> since,
            Instant now)
            implements FernetKeys {

        public Read {
            digests = Collections.unmodifiableMap(new TreeMap<>(digests));
            exposed = Collections.unmodifiableSet(new TreeSet<>(exposed));
            since = Collections.unmodifiableMap(new TreeMap<>(since));
        }
    }
}
