package kolla.runbooks.journal.probe;

import java.time.Instant;
import kolla.runbooks.journal.Journal;

/**
 * A run moves the virtual address off a host: for some seconds its clients are refused, and know
 * it.
 */
public record VipMove(String host, Instant at) {

    /** The name under which the evidence of a move is kept. */
    public static final String EVIDENCE = "vip-move";

    /** To be said before the host stops serving. */
    public static void announce(Journal journal, String host, String address) {
        journal.evidence(host, EVIDENCE, address + " moves off " + host);
    }
}
