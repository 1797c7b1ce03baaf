package kolla.runbooks.journal;

import java.time.Instant;

/**
 * A person's decision about one plan. Never changed once written.
 *
 * @param digest of the plan that the person saw
 */
public record Approval(
        RunId run, String digest, String person, boolean approved, String comment, Instant at) {}
