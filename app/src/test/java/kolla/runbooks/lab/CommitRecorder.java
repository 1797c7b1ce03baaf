package kolla.runbooks.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * A client of the database that writes row after row and remembers each commit that the database
 * acknowledged. One whose answer was lost may or may not be there; it is not remembered.
 */
final class CommitRecorder implements AutoCloseable {

    private static final String TABLE = "kr_drill.commits";

    private final String password;
    private final Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicLong next = new AtomicLong(1);
    private volatile String address;
    private volatile boolean writing;
    private Thread thread = new Thread(() -> {});

    CommitRecorder(String address, String password) {
        this.address = address;
        this.password = password;
    }

    /** Makes the table anew, through the given address. */
    void prepare() throws SQLException {
        try (Connection connection = open(address);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS kr_drill");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS "
                            + TABLE
                            + " (id BIGINT PRIMARY KEY, note VARCHAR(200))");
            try (ResultSet last =
                    statement.executeQuery("SELECT IFNULL(MAX(id), 0) FROM " + TABLE)) {
                last.next();
                next.set(last.getLong(1) + 1);
            }
        }
    }

    /** Writes through this address from now on. */
    void through(String host) {
        address = host;
    }

    void begin() {
        writing = true;
        thread = new Thread(this::write, "commit-recorder");
        thread.setDaemon(true);
        thread.start();
    }

    private void write() {
        while (writing) {
            String to = address;
            try (Connection connection = open(to);
                    PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO " + TABLE + " VALUES (?, ?)")) {
                while (writing && to.equals(address)) {
                    long id = next.getAndIncrement();
                    insert.setLong(1, id);
                    insert.setString(2, "written through " + to);
                    insert.executeUpdate();
                    acknowledged.add(id);
                }
            } catch (SQLException away) {
                Thread.onSpinWait();
            }
        }
    }

    /** Waits until so many more commits were acknowledged. */
    void awaitMore(int commits) {
        int before = acknowledged.size();
        Awaitility.await(commits + " more commits through " + address)
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> acknowledged.size() >= before + commits);
    }

    /** Ends writing; returns every commit that was acknowledged so far. */
    Set<Long> end() {
        writing = false;
        Awaitility.await().atMost(java.time.Duration.ofSeconds(30)).until(() -> !thread.isAlive());
        return new TreeSet<>(acknowledged);
    }

    Set<Long> acknowledged() {
        return new TreeSet<>(acknowledged);
    }

    void forget() {
        acknowledged.clear();
    }

    /** The rows that one node holds. */
    Set<Long> on(String host) throws SQLException {
        Set<Long> ids = new TreeSet<>();
        try (Connection connection = open(host);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM " + TABLE)) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    private Connection open(String host) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://" + host + ":3306/?connectTimeout=2000&socketTimeout=5000",
                "root",
                password);
    }

    @Override
    public void close() {
        writing = false;
    }
}
