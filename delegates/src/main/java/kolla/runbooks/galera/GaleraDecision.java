package kolla.runbooks.galera;

/** What may be done to one node now. */
public sealed interface GaleraDecision {

    /** The node is as it should be. */
    record Nothing() implements GaleraDecision {}

    /**
     * Make the first data directory of the cluster.
     *
     * @param moveAside whether a directory that this run left half made is moved away first
     */
    record MakeData(boolean moveAside) implements GaleraDecision {}

    /** Start the node whose data directory was just made as a cluster of one. */
    record StartNewCluster() implements GaleraDecision {}

    /** The new cluster of one stands: make its accounts and drop the mark. */
    record EndBootstrap() implements GaleraDecision {}

    /** Start or replace a node that is no member of the primary component. */
    record Join() implements GaleraDecision {}

    /** Restart or replace a member; the others are whole. */
    record Replace() implements GaleraDecision {}

    /** Bring the containers beside the database to what they should be; it goes on serving. */
    record Refresh() implements GaleraDecision {}

    /** Its turn comes again after other hosts. */
    record Later(String why) implements GaleraDecision {}

    /**
     * Look again; when it lasts too long, fail with {@code code}.
     *
     * @param why what is waited for
     */
    record Wait(String code, String why) implements GaleraDecision {}

    /** Nothing may be done. */
    record Refuse(String code, String sentence) implements GaleraDecision {}
}
