package kolla.runbooks.journal;

/**
 * One life of a program: its node id and the number of that life. The number grows each time the
 * node starts, and when a peer declares it dead; what an older incarnation still writes is refused.
 */
public record Incarnation(String node, long number) {

    @Override
    public String toString() {
        return node + "#" + number;
    }
}
