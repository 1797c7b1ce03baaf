package kolla.runbooks.galera.recovery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import kolla.runbooks.galera.WsrepStatus;

/**
 * A place in the history of a cluster.
 *
 * @param uuid of the history
 * @param seqno number of the last transaction, from 0; below 0 stands for "unknown"
 * @param branch the run that recovered this history without an absent host, from where on the same
 *     numbers may stand for other transactions than on that host; empty where there was none
 */
public record Position(String uuid, long seqno, String branch) {

    public Position(String uuid, long seqno) {
        this(uuid, seqno, "");
    }

    /** Whether two of the same history can be compared by it (M4, M5). */
    @JsonIgnore
    public boolean known() {
        return seqno >= 0 && !uuid.isEmpty() && !uuid.equals(WsrepStatus.ZERO_UUID);
    }

    /** Whether a higher number means more of the same. */
    public boolean sameHistory(Position other) {
        return history().equals(other.history());
    }

    /** What Galera itself knows of a history, and what a recovery has added to it. */
    @JsonIgnore
    public String history() {
        return branch.isEmpty() ? uuid : uuid + " since " + branch;
    }

    /** Whether it is the same for Galera, which knows nothing of branches. */
    boolean sameNumbers(Position other) {
        return uuid.equals(other.uuid) && seqno == other.seqno;
    }

    Position on(String ofBranch) {
        return new Position(uuid, seqno, ofBranch);
    }

    @Override
    public String toString() {
        return uuid + ":" + seqno + (branch.isEmpty() ? "" : " since " + branch);
    }
}
