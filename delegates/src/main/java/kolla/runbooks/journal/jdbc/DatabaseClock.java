package kolla.runbooks.journal.jdbc;

import java.time.Instant;
import java.util.List;

/**
 * The one clock of all programs: the database's. Read in a transaction of its own, because inside
 * the engine's it stands still from the transaction's begin.
 */
public final class DatabaseClock {

    private final Database database;

    public DatabaseClock(ConnectionSource own) {
        this.database = new Database(own);
    }

    public Instant now() {
        List<Instant> now =
                database.inTransaction(
                        c ->
                                Database.rows(
                                        c,
                                        "select current_timestamp as moment",
                                        columns -> Database.instant(columns, "moment")));
        return now.get(0);
    }
}
