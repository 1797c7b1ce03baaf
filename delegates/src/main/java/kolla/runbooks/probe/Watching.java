package kolla.runbooks.probe;

import kolla.runbooks.journal.probe.Probes;

/**
 * What steps need to have a run watched.
 *
 * @param probes who probes and what was seen
 * @param cloud makes the probe of a cluster
 * @param usual how much clients may suffer where the run says nothing else
 */
public record Watching(Probes probes, CloudProbe cloud, Allowance usual) {}
