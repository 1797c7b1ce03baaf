package kolla.runbooks.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The programs that share the database, and which of them live. All times are the database's, so
 * that the clocks of the programs do not matter. Every method is a transaction of its own.
 */
public interface Nodes {

    /**
     * What is known of a node.
     *
     * @param age how long ago its last beat was, by the database's clock
     * @param left whether it said good-bye
     */
    record Sign(Incarnation incarnation, Instant lastBeat, Duration age, boolean left) {}

    /** Frees what a dead program held, in the transaction that declares it dead. */
    @FunctionalInterface
    interface Succession {
        /** Frees what {@code node} held and names the runs that it was working on. */
        List<RunId> release(Connection transaction, String node) throws SQLException;
    }

    Optional<Sign> find(String node);

    /** Begins a new life of a node: what its older incarnations still write is refused. */
    Incarnation join(String node);

    /**
     * Frees what earlier lives of this node held and moves their runs on, in one transaction.
     *
     * @return the runs that move on
     */
    List<RunId> inherit(Incarnation me, Succession succession);

    /** Says that this program lives; false when it was declared dead meanwhile. */
    boolean beat(Incarnation me);

    /** Nodes that neither beat for this long nor said good-bye. */
    List<Incarnation> silentFor(Duration silence);

    /**
     * Declares a node dead, frees what it held and fences its runs, all in one transaction.
     *
     * @return the runs that move on; empty when a peer was faster, or the node has beaten again
     */
    Optional<List<RunId>> bury(Incarnation dead, Duration silence, Succession succession);

    /** Says good-bye and frees what this program holds, so that nobody waits for its beat. */
    void leave(Incarnation me, Succession succession);
}
