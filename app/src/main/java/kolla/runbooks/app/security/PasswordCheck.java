package kolla.runbooks.app.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.camunda.bpm.engine.IdentityService;

/**
 * Checks a password with Camunda, whose lock-out counts the wrong ones. A right one is remembered
 * for a minute as a keyed hash, so that a client which polls does not pay for the slow hash at each
 * call; the key lives in memory only. Thread-safe.
 */
final class PasswordCheck {

    static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 1000;

    private record Known(String hash, Instant until) {}

    private final IdentityService identity;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    PasswordCheck(IdentityService identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    boolean matches(Credentials credentials) {
        String hash = hash(credentials);
        Known remembered = known.get(credentials.user());
        if (remembered != null
                && clock.instant().isBefore(remembered.until())
                && MessageDigest.isEqual(
                        remembered.hash().getBytes(StandardCharsets.UTF_8),
                        hash.getBytes(StandardCharsets.UTF_8))) {
            return true;
        }
        if (!identity.checkPassword(credentials.user(), credentials.password())) {
            return false;
        }
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        known.put(credentials.user(), new Known(hash, clock.instant().plus(REMEMBERED)));
        return true;
    }

    private String hash(Credentials credentials) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(credentials.user().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of()
                    .formatHex(
                            mac.doFinal(credentials.password().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
