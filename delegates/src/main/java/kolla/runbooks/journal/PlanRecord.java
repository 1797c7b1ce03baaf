package kolla.runbooks.journal;

import java.time.Instant;

/**
 * A plan as it was shown.
 *
 * @param version from 1 within the run
 * @param digest SHA-256 of {@code json}, lower-case hex
 * @param json canonical JSON (keys sorted, no white space); holds no secret
 */
public record PlanRecord(
        RunId run, int version, String digest, String json, String text, Instant createdAt) {}
