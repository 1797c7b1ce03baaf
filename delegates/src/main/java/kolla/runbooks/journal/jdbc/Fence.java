package kolla.runbooks.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import kolla.runbooks.journal.FencedException;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.RunId;

/**
 * The right to write for a run: the fencing number read when the journal was opened, and the life
 * of the program that opened it.
 *
 * <p>When another program that worked on the same run dies, the lease's fence grows but its floor
 * does not: those who live go on, and the dead one is refused by its incarnation.
 */
record Fence(RunId run, String cluster, long number, Incarnation program) {

    /**
     * @throws FencedException when the run holds no lease or the program was declared dead
     */
    static Fence read(Connection c, RunId run, Incarnation program) throws SQLException {
        Lease lease = lock(c, run).orElseThrow(() -> new FencedException(run, 0, 0));
        Fence fence = new Fence(run, lease.cluster(), lease.fence(), program);
        fence.checkProgram(c);
        return fence;
    }

    /**
     * Holds the lease as it is until the transaction ends.
     *
     * @throws FencedException when the right has passed
     */
    void check(Connection c) throws SQLException {
        Optional<Lease> lease = lock(c, run);
        if (lease.isEmpty() || number < lease.get().floor()) {
            throw new FencedException(run, number, lease.map(Lease::fence).orElse(0L));
        }
        checkProgram(c);
    }

    private void checkProgram(Connection c) throws SQLException {
        boolean lives =
                Database.first(
                                c,
                                "select incarnation from kr_node where node_id = ? and left_at is"
                                        + " null",
                                columns -> columns.getLong("incarnation"),
                                program.node())
                        .filter(current -> current == program.number())
                        .isPresent();
        if (!lives) {
            throw new FencedException(run, program);
        }
    }

    private static Optional<Lease> lock(Connection c, RunId run) throws SQLException {
        return Database.first(
                c,
                "select cluster_name, fence, fence_floor from kr_lease where run_id = ? for update",
                columns ->
                        new Lease(
                                columns.getString("cluster_name"),
                                columns.getLong("fence"),
                                columns.getLong("fence_floor")),
                run.value());
    }

    private record Lease(String cluster, long fence, long floor) {}
}
