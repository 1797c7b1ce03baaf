package kolla.runbooks.journal.probe;

import java.time.Duration;

/**
 * What was seen of one kind in some consecutive seconds.
 *
 * @param number second since 1970, divided by the width of the slots
 */
public record ProbeSlot(String kind, long number, long total, long failed, Duration gap) {}
