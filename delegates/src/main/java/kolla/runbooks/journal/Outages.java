package kolla.runbooks.journal;

import java.time.Instant;

/**
 * Outages that a watch has noticed, by watch and cluster. Programs that share the database share
 * them, so that all of them mean the same outage.
 */
public interface Outages {

    /**
     * When the outage that goes on was noticed first, by whichever program; now, if by this one.
     */
    Instant goesOn(String watch, String cluster);

    /** There is none, or no more. */
    void over(String watch, String cluster);
}
