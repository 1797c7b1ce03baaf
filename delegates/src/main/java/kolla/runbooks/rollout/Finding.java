package kolla.runbooks.rollout;

import java.util.Optional;

/**
 * Something that verification found.
 *
 * @param code the incident code with a page of its own
 * @param host where, when it is about one host
 * @param good whether it is as it should be
 * @param sentence what was seen and what was expected
 */
public record Finding(String code, Optional<String> host, boolean good, String sentence) {

    public static Finding good(String code, String sentence) {
        return new Finding(code, Optional.empty(), true, sentence);
    }

    public static Finding bad(String code, String sentence) {
        return new Finding(code, Optional.empty(), false, sentence);
    }

    public static Finding bad(String code, String host, String sentence) {
        return new Finding(code, Optional.of(host), false, sentence);
    }
}
