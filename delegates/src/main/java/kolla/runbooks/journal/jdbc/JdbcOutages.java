package kolla.runbooks.journal.jdbc;

import static kolla.runbooks.journal.jdbc.Database.first;
import static kolla.runbooks.journal.jdbc.Database.instant;
import static kolla.runbooks.journal.jdbc.Database.update;

import java.time.Instant;
import java.util.Optional;
import kolla.runbooks.journal.Outages;

/** Outages in {@code kr_outage}: a row as long as one goes on. */
public final class JdbcOutages implements Outages {

    private final Database database;
    private final DatabaseClock clock;

    /**
     * @param own transactions of its own
     */
    public JdbcOutages(ConnectionSource own, DatabaseClock clock) {
        this.database = new Database(own);
        this.clock = clock;
    }

    @Override
    public Instant goesOn(String watch, String cluster) {
        return database.againWhenKeyWasTaken(
                c -> {
                    Optional<Instant> since =
                            first(
                                    c,
                                    "select since from kr_outage where watch = ? and cluster_name ="
                                            + " ?",
                                    columns -> instant(columns, "since"),
                                    watch,
                                    cluster);
                    if (since.isPresent()) {
                        return since.get();
                    }
                    Instant now = clock.now();
                    update(
                            c,
                            "insert into kr_outage (watch, cluster_name, since) values (?, ?, ?)",
                            watch,
                            cluster,
                            now);
                    return now;
                });
    }

    @Override
    public void over(String watch, String cluster) {
        database.inTransaction(
                c ->
                        update(
                                c,
                                "delete from kr_outage where watch = ? and cluster_name = ?",
                                watch,
                                cluster));
    }
}
