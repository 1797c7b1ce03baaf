package kolla.runbooks.preparation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One thing that a host lacks. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Names.class, name = "names"),
    @JsonSubTypes.Type(value = Change.EngineFile.class, name = "engineFile"),
    @JsonSubTypes.Type(value = Change.Packages.class, name = "packages"),
    @JsonSubTypes.Type(value = Change.EngineStart.class, name = "engineStart"),
    @JsonSubTypes.Type(value = Change.Kernel.class, name = "kernel")
})
public sealed interface Change {

    /** The name of the host that is changed. */
    String host();

    /** What is done and why, for people, without the host's name. */
    String sentence();

    /** Whether doing this may include doing that: whoever approved this approved that. */
    default boolean covers(Change other) {
        return equals(other);
    }

    /**
     * Lines of {@code /etc/hosts}.
     *
     * @param before the digest of the file that was looked at
     * @param names what the cluster's own block of the file says afterwards, by name
     * @param loosened names that no longer stand for a loopback address
     */
    record Names(String host, String before, Map<String, String> names, List<String> loosened)
            implements Change {
        public Names {
            names = Collections.unmodifiableMap(new TreeMap<>(names));
            loosened = List.copyOf(loosened);
        }

        @Override
        public String sentence() {
            StringBuilder text = new StringBuilder("the cluster's own block in /etc/hosts ");
            text.append(names.isEmpty() ? "goes" : "says ");
            text.append(
                    String.join(
                            ", ",
                            names.entrySet().stream()
                                    .map(e -> e.getKey() + " = " + e.getValue())
                                    .toList()));
            if (!loosened.isEmpty()) {
                text.append("; no loopback address is called ")
                        .append(String.join(", ", loosened))
                        .append(" any more");
            }
            return text.append("; other lines stay").toString();
        }
    }

    /**
     * The engine's configuration file.
     *
     * @param registry that is to be reached without TLS, as {@code globals.yml} says
     */
    record EngineFile(String host, String registry) implements Change {
        @Override
        public String sentence() {
            return registry
                    + " joins insecure-registries in "
                    + EngineConfiguration.PATH
                    + " (docker_registry_insecure); no engine is restarted for it";
        }
    }

    /**
     * Packages of the distribution.
     *
     * @param names may be empty: then dpkg only finishes what it left half done
     */
    record Packages(String host, List<String> names) implements Change {
        public Packages {
            names = List.copyOf(names);
        }

        @Override
        public boolean covers(Change other) {
            return other instanceof Packages fewer
                    && fewer.host.equals(host)
                    && names.containsAll(fewer.names);
        }

        @Override
        public String sentence() {
            return names.isEmpty()
                    ? "dpkg finishes what it left half done"
                    : "installs "
                            + String.join(", ", names)
                            + " from the distribution's own archive";
        }
    }

    /** The Docker engine answers, and starts with the host. */
    record EngineStart(String host) implements Change {
        @Override
        public String sentence() {
            return "the Docker engine is started, now and whenever the host boots";
        }
    }

    /**
     * Kernel settings, at once and at each boot.
     *
     * @param values by key, for example {@code net.ipv4.ip_nonlocal_bind}
     */
    record Kernel(String host, Map<String, String> values) implements Change {
        public Kernel {
            values = Collections.unmodifiableMap(new TreeMap<>(values));
        }

        @Override
        public String sentence() {
            return "now, and at each boot by "
                    + KernelSettings.PATH
                    + ": "
                    + String.join(
                            ", ",
                            values.entrySet().stream()
                                    .map(e -> e.getKey() + " = " + e.getValue())
                                    .toList());
        }
    }
}
