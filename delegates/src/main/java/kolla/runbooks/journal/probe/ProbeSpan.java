package kolla.runbooks.journal.probe;

import java.time.Instant;

/** A stretch of time in which one program probed. */
public record ProbeSpan(String node, Instant from, Instant until) {}
