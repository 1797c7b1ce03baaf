package kolla.runbooks.journal;

import java.time.Instant;

/** What was seen, kept. */
public record Evidence(
        RunId run, String step, String host, String name, Instant at, String content) {}
