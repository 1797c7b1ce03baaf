package kolla.runbooks.galera.recovery;

import java.util.List;
import kolla.runbooks.galera.recovery.NodeEvidence.Read;

/** What a watch makes of a glance at the hosts. Pure. */
public enum Outage {
    /** A primary component lives, or there never was a database. */
    NONE,
    /** Most hosts were read, they hold a database, and none is in a primary component. */
    NO_PRIMARY,
    /** More than one primary component lives, and each may take writes. */
    SPLIT,
    /** One lives, and beside it runs a server that it was recovered without. */
    LEFT_BEHIND,
    /** Too few hosts were read to tell: it may be the way to them that is broken. */
    UNKNOWN;

    public static Outage of(List<NodeEvidence> seen) {
        List<Read> read = RecoveryDecisions.reads(seen);
        if (!LeftBehind.of(seen).isEmpty()) {
            return LEFT_BEHIND;
        }
        int components = Components.of(seen).size();
        if (components > 0) {
            return components == 1 ? NONE : SPLIT;
        }
        if (read.size() * 2 <= seen.size()) {
            return UNKNOWN;
        }
        return read.stream().anyMatch(r -> r.data().present()) ? NO_PRIMARY : NONE;
    }
}
