package kolla.runbooks.keystone;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a rotation does next. Each is done on every host that it names before the next is asked. */
sealed interface RotationStep {

    /** Every host is where the rotation ends. */
    record Done() implements RotationStep {}

    /**
     * The staged key gets its second name, that of the primary key: hosts that have it sign with
     * it, and those that have not yet can read what they sign.
     */
    record Promote(List<Copy> copies) implements RotationStep {
        public Promote {
            copies = List.copyOf(copies);
        }
    }

    /** A key of one host that another gets as the primary. */
    record Copy(String host, String from, String key) {}

    /**
     * A new key takes the name 0. Nobody signs with it before the next rotation.
     *
     * @param source the host that has it already; empty when it has to be made
     */
    record Stage(List<String> hosts, Optional<String> source) implements RotationStep {
        public Stage {
            hosts = List.copyOf(hosts);
        }
    }

    /** By host, the keys that go. */
    record Drop(Map<String, Set<String>> keys) implements RotationStep {
        public Drop {
            keys = Collections.unmodifiableMap(new TreeMap<>(keys));
        }
    }

    record Refuse(String code, String sentence, List<String> evidence) implements RotationStep {
        public Refuse {
            evidence = List.copyOf(evidence);
        }
    }
}
