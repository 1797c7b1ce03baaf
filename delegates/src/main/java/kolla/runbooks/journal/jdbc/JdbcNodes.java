package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.first;
import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.rows;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Incarnation;
import kolla.runbooks.journal.Nodes;
import kolla.runbooks.journal.RunId;

/** Nodes in table {@code kr_node}. */
public final class JdbcNodes implements Nodes {

    private static final String STEP = "program";

    private final Database database;

    public JdbcNodes(ConnectionSource own) {
        this.database = new Database(own);
    }

    @Override
    public Optional<Sign> find(String node) {
        return database.inTransaction(c -> sign(c, node, ""));
    }

    @Override
    public Incarnation join(String node) {
        return database.againWhenKeyWasTaken(
                c -> {
                    Optional<Sign> before = sign(c, node, " for update");
                    long number = before.map(s -> s.incarnation().number()).orElse(0L) + 1;
                    if (before.isPresent()) {
                        update(
                                c,
                                "update kr_node set incarnation = ?, joined_at = current_timestamp,"
                                    + " last_beat = current_timestamp, left_at = null where node_id"
                                    + " = ?",
                                number,
                                node);
                    } else {
                        update(
                                c,
                                "insert into kr_node (node_id, incarnation, joined_at, last_beat)"
                                        + " values (?, ?, current_timestamp, current_timestamp)",
                                node,
                                number);
                    }
                    return new Incarnation(node, number);
                });
    }

    @Override
    public List<RunId> inherit(Incarnation me, Succession succession) {
        return database.againWhenKeyWasTaken(
                c -> {
                    List<RunId> runs = succession.release(c, me.node());
                    moveOn(c, runs, "program " + me + " started and goes on");
                    return runs;
                });
    }

    @Override
    public boolean beat(Incarnation me) {
        return database.inTransaction(
                        c ->
                                update(
                                        c,
                                        "update kr_node set last_beat = current_timestamp where"
                                                + " node_id = ? and incarnation = ? and left_at is"
                                                + " null",
                                        me.node(),
                                        me.number()))
                == 1;
    }

    @Override
    public List<Incarnation> silentFor(Duration silence) {
        return database.inTransaction(
                c ->
                        rows(c, SIGNS + " where left_at is null order by node_id", JdbcNodes::read)
                                .stream()
                                .filter(sign -> sign.age().compareTo(silence) > 0)
                                .map(Sign::incarnation)
                                .toList());
    }

    @Override
    public Optional<List<RunId>> bury(Incarnation dead, Duration silence, Succession succession) {
        return database.inTransaction(
                c -> {
                    Optional<Sign> sign = sign(c, dead.node(), " for update");
                    boolean stillDead =
                            sign.filter(
                                            s ->
                                                    !s.left()
                                                            && s.incarnation().equals(dead)
                                                            && s.age().compareTo(silence) > 0)
                                    .isPresent();
                    if (!stillDead) {
                        return Optional.empty();
                    }
                    // The number grows, so that the dead program is refused; left_at, so that
                    // nobody buries it a second time.
                    update(
                            c,
                            "update kr_node set incarnation = incarnation + 1,"
                                    + " left_at = current_timestamp where node_id = ?",
                            dead.node());
                    List<RunId> runs = succession.release(c, dead.node());
                    moveOn(c, runs, "program " + dead + " died; another one goes on");
                    return Optional.of(runs);
                });
    }

    @Override
    public void leave(Incarnation me, Succession succession) {
        database.inTransaction(
                c -> {
                    int left =
                            update(
                                    c,
                                    "update kr_node set left_at = current_timestamp where node_id ="
                                            + " ? and incarnation = ? and left_at is null",
                                    me.node(),
                                    me.number());
                    // Whoever was declared dead holds nothing any more, but its successor may.
                    return left == 0 ? List.<RunId>of() : succession.release(c, me.node());
                });
    }

    /**
     * The floor stays: a living program that works on another part of the same run keeps its right,
     * and the dead one is refused by its incarnation.
     */
    private static void moveOn(Connection c, List<RunId> runs, String why) throws SQLException {
        List<RunId> inOneOrder =
                runs.stream().distinct().sorted(Comparator.comparing(RunId::value)).toList();
        for (RunId run : inOneOrder) {
            update(c, "update kr_lease set fence = fence + 1 where run_id = ?", run.value());
            RunLog.append(c, run, STEP, ActionId.CLUSTER, "WARN", why);
        }
    }

    private static final String SIGNS =
            "select node_id, incarnation, last_beat, left_at, current_timestamp as moment from"
                    + " kr_node";

    private static Optional<Sign> sign(Connection c, String node, String lock) throws SQLException {
        return first(c, SIGNS + " where node_id = ?" + lock, JdbcNodes::read, node);
    }

    private static Sign read(ResultSet columns) throws SQLException {
        Instant lastBeat = instant(columns, "last_beat");
        return new Sign(
                new Incarnation(columns.getString("node_id"), columns.getLong("incarnation")),
                lastBeat,
                Duration.between(lastBeat, instant(columns, "moment")),
                columns.getObject("left_at") != null);
    }
}
