package kolla.runbooks.tls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kolla.runbooks.inventory.Variables;

/** One of the two virtual addresses, with Kolla's variables about it. */
public enum Side {
    INTERNAL("internal", "kolla_internal_fqdn_cert"),
    EXTERNAL("external", "kolla_external_fqdn_cert");

    private static final String SAME = "kolla_same_external_internal_vip";

    private final String word;
    private final String variable;

    Side(String word, String variable) {
        this.word = word;
        this.variable = variable;
    }

    /** {@code internal} or {@code external}. */
    public String word() {
        return word;
    }

    /** The variable that names the file with certificate and key. */
    public String variable() {
        return variable;
    }

    /** The side that this variable is about. */
    public static Optional<Side> of(String variable) {
        return Stream.of(values()).filter(s -> s.variable.equals(variable)).findFirst();
    }

    /** Whether clients speak TLS to this address. Where both are one, it is the internal one. */
    public boolean speaksTls(Variables settings) {
        return settings.truth("kolla_enable_tls_" + word, false)
                && (this == INTERNAL || !settings.truth(SAME, true));
    }

    /** By variable, the names that clients call this address by. */
    public Map<String, String> names(Variables settings) {
        List<String> variables = new ArrayList<>(List.of("kolla_" + word + "_fqdn"));
        if (this == INTERNAL && settings.truth(SAME, true)) {
            variables.add("kolla_external_fqdn");
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : variables) {
            settings.string(name)
                    .filter(n -> !n.isBlank() && !names.containsValue(n))
                    .ifPresent(n -> names.put(name, n));
        }
        return names;
    }

    /** Where HAProxy has the file in its container. */
    public String inContainer(Variables settings) {
        return settings.string("haproxy_" + word + "_pem", "/etc/haproxy/" + word + ".pem");
    }
}
