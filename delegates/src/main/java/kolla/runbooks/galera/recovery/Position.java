package kolla.runbooks.galera.recovery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import kolla.runbooks.galera.WsrepStatus;

/**
 * A place in the history of a cluster.
 *
 * @param uuid of the history
 * @param seqno number of the last transaction, from 0; below 0 stands for "unknown"
 */
public record Position(String uuid, long seqno) {

    /** Whether two of the same history can be compared by it (M4, M5). */
    @JsonIgnore
    public boolean known() {
        return seqno >= 0 && !uuid.isEmpty() && !uuid.equals(WsrepStatus.ZERO_UUID);
    }

    public boolean sameHistory(Position other) {
        return uuid.equals(other.uuid);
    }

    @Override
    public String toString() {
        return uuid + ":" + seqno;
    }
}
