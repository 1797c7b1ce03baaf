package kolla.runbooks.journal.probe;

import java.time.Instant;
import kolla.runbooks.journal.RunId;

/**
 * The right of one program to probe for a run, until another one takes it.
 *
 * @param began by the database's clock
 */
public record ProbeShift(RunId run, long number, Instant began) {}
