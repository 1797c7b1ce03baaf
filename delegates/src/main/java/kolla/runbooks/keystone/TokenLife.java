package kolla.runbooks.keystone;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a token can be needed after it was issued, as Keystone is configured.
 *
 * @param expiration a client may use it so long ({@code fernet_token_expiry})
 * @param expiredWindow and a service so much longer, to end what a client began ({@code
 *     fernet_token_allow_expired_window})
 * @param activeKeys so many keys are kept, the staged one included ({@code
 *     keystone_fernet_max_active_keys})
 */
record TokenLife(Duration expiration, Duration expiredWindow, int activeKeys) {

    /** The hosts' clocks are near each other, not equal; the check of the hosts allows less. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    /** So long after the last token was issued with a key, no token needs that key any more. */
    Duration needed() {
        return expiration.plus(expiredWindow).plus(CLOCKS);
    }

    /** The sum, for people. */
    String arithmetic() {
        return "tokens live "
                + expiration.toSeconds()
                + " s and are accepted from services "
                + expiredWindow.toSeconds()
                + " s longer, with "
                + CLOCKS.toSeconds()
                + " s for the clocks "
                + needed().toSeconds()
                + " s in all";
    }

    /**
     * What a {@code keystone.conf} says; where it is silent, Keystone's own defaults.
     *
     * @throws IllegalArgumentException when a value is no number; names it
     */
    static TokenLife of(String conf) {
        Map<String, String> values = values(conf);
        return new TokenLife(
                Duration.ofSeconds(number(values, "token.expiration", 3600)),
                Duration.ofSeconds(number(values, "token.allow_expired_window", 172_800)),
                (int) number(values, "fernet_tokens.max_active_keys", 3));
    }

    /** The longest of several: while a host has another configuration, its tokens count too. */
    static TokenLife longest(List<TokenLife> lives) {
        return lives.stream()
                .reduce(
                        (a, b) ->
                                new TokenLife(
                                        max(a.expiration, b.expiration),
                                        max(a.expiredWindow, b.expiredWindow),
                                        Math.max(a.activeKeys, b.activeKeys)))
                .orElseThrow(() -> new IllegalArgumentException("Keystone runs on no host"));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static long number(Map<String, String> values, String name, long otherwise) {
        String text = values.getOrDefault(name, String.valueOf(otherwise));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "keystone.conf: " + name + " = \"" + text + "\" is no number", e);
        }
    }

    /** By section and option, the last one that stands there. */
    private static Map<String, String> values(String conf) {
        Map<String, String> values = new HashMap<>();
        String section = "";
        for (String line : conf.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                values.put(
                        section + "." + line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
