package kolla.runbooks.journal.probe;

import java.time.Duration;
import java.time.Instant;

/**
 * A request that failed.
 *
 * @param at when it was begun
 * @param sentence what the client was told, secrets masked
 */
public record ProbeFailure(String kind, Instant at, Duration took, String sentence) {}
