package kolla.runbooks.journal;

import java.time.Instant;

/**
 * The exclusive right of one run to change one cluster.
 *
 * @param fence grows each time the right passes on or its run moves to another program; every write
 *     to the journal names it, and a late writer with an old one is refused
 */
public record Lease(String cluster, RunId run, long fence, String starter, Instant since) {}
