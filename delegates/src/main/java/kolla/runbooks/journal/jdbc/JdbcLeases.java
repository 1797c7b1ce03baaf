package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.first;
import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.rows;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import kolla.runbooks.journal.Lease;
import kolla.runbooks.journal.Leases;
import kolla.runbooks.journal.RunId;

/**
 * Leases in table {@code kr_lease}, one row a cluster. Taking and fencing is committed at once;
 * giving back takes part in the caller's transaction, so that a lease is free only when the end of
 * its run is certain.
 */
public final class JdbcLeases implements Leases {

    private final Database own;
    private final Database joined;

    public JdbcLeases(ConnectionSource own, ConnectionSource joined) {
        this.own = new Database(own);
        this.joined = new Database(joined);
    }

    /**
     * @throws RunbookFailure {@code KR-LEASE-001} as the port says; {@code KR-LEASE-002}, to be
     *     tried again, when the last run was ended while a living program was still inside an
     *     action of it
     */
    @Override
    public Lease take(String cluster, RunId run, String starter) {
        return own.againWhenKeyWasTaken(
                c -> {
                    Optional<Row> row =
                            first(
                                    c,
                                    "select * from kr_lease where cluster_name = ? for update",
                                    Row::read,
                                    cluster);
                    Optional<RunId> holder = row.flatMap(Row::run);
                    if (holder.isPresent() && !holder.get().equals(run)) {
                        throw held(row.get().lease().orElseThrow());
                    }
                    if (holder.isEmpty()) {
                        refuseWhileSomethingIsGoingOn(c, cluster, run);
                        hand(c, cluster, run, starter, row.isPresent());
                    }
                    return holder(c, cluster).orElseThrow();
                });
    }

    @Override
    public Optional<Lease> holder(String cluster) {
        return own.inTransaction(c -> holder(c, cluster));
    }

    @Override
    public List<Lease> all() {
        return own.inTransaction(
                c ->
                        rows(
                                        c,
                                        "select * from kr_lease where run_id is not null order by"
                                                + " cluster_name",
                                        Row::read)
                                .stream()
                                .flatMap(row -> row.lease().stream())
                                .toList());
    }

    @Override
    public void release(RunId run) {
        joined.inTransaction(
                c -> update(c, "update kr_lease set run_id = null where run_id = ?", run.value()));
    }

    @Override
    public void fence(List<RunId> runs) {
        own.inTransaction(
                c -> {
                    // In one order, so that two who fence the same runs do not wait for each other.
                    for (String run :
                            runs.stream().map(RunId::value).sorted().distinct().toList()) {
                        update(
                                c,
                                "update kr_lease set fence = fence + 1, fence_floor = fence + 1"
                                        + " where run_id = ?",
                                run);
                    }
                    return runs.size();
                });
    }

    private static void hand(Connection c, String cluster, RunId run, String starter, boolean known)
            throws SQLException {
        if (known) {
            update(
                    c,
                    "update kr_lease set run_id = ?, starter = ?, fence = fence + 1,"
                            + " fence_floor = fence + 1, since = current_timestamp"
                            + " where cluster_name = ?",
                    run.value(),
                    starter,
                    cluster);
        } else {
            update(
                    c,
                    "insert into kr_lease (cluster_name, run_id, fence, fence_floor, starter,"
                            + " since) values (?, ?, 1, 1, ?, current_timestamp)",
                    cluster,
                    run.value(),
                    starter);
        }
    }

    /**
     * A cancelled run has given its lease back, but a thread of it may still be changing a host. It
     * counts as going on as long as the program that it runs in lives and has not come back from
     * it.
     */
    private static void refuseWhileSomethingIsGoingOn(Connection c, String cluster, RunId run)
            throws SQLException {
        Optional<String> action =
                first(
                        c,
                        "select a.run_id, a.step, a.host, a.action, a.node_id from kr_action a"
                                + " join kr_node n on n.node_id = a.node_id"
                                + " and n.incarnation = a.incarnation and n.left_at is null"
                                + " where a.cluster_name = ? and a.state = 'BEGUN'"
                                + " and a.left_at is null and a.run_id <> ? order by a.seq",
                        columns ->
                                columns.getString("step")
                                        + "/"
                                        + columns.getString("host")
                                        + "/"
                                        + columns.getString("action")
                                        + " of run "
                                        + columns.getString("run_id")
                                        + " in program "
                                        + columns.getString("node_id"),
                        cluster,
                        run.value());
        if (action.isPresent()) {
            throw new RunbookFailure(
                    "KR-LEASE-002",
                    Remedy.RETRY,
                    Optional.empty(),
                    "cluster "
                            + cluster
                            + " has no lease holder, but the action "
                            + action.get()
                            + " has not come back yet; wait until it has",
                    List.of(),
                    null);
        }
    }

    private static Optional<Lease> holder(Connection c, String cluster) throws SQLException {
        return first(c, "select * from kr_lease where cluster_name = ?", Row::read, cluster)
                .flatMap(Row::lease);
    }

    private static RunbookFailure held(Lease lease) {
        return RunbookFailure.person(
                "KR-LEASE-001",
                "cluster "
                        + lease.cluster()
                        + " is being changed by run "
                        + lease.run()
                        + ", started by "
                        + lease.starter()
                        + ", holder of the lease since "
                        + lease.since()
                        + "; wait until it has ended or cancel it, then retry this step",
                List.of());
    }

    /** A cluster's row, with a holder or without. */
    private record Row(
            String cluster,
            Optional<RunId> run,
            long fence,
            String starter,
            java.time.Instant since) {

        static Row read(ResultSet columns) throws SQLException {
            return new Row(
                    columns.getString("cluster_name"),
                    Optional.ofNullable(columns.getString("run_id")).map(RunId::new),
                    columns.getLong("fence"),
                    columns.getString("starter"),
                    instant(columns, "since"));
        }

        Optional<Lease> lease() {
            return run.map(holder -> new Lease(cluster, holder, fence, starter, since));
        }
    }
}
