package kolla.runbooks.journal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;

/** Statements with values, and rows as records; SQL failures become {@code KR-JOURNAL-001}. */
final class Database {

    private static final String UNIQUE_VIOLATION = "23505";

    private final ConnectionSource source;

    Database(ConnectionSource source) {
        this.source = source;
    }

    /** One row as a record. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet columns) throws SQLException;
    }

    <T> T inTransaction(ConnectionSource.Work<T> work) {
        try {
            return source.inTransaction(work);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Once more when a row with the same key was written at the same moment. */
    <T> T againWhenKeyWasTaken(ConnectionSource.Work<T> work) {
        try {
            return source.inTransaction(work);
        } catch (SQLException e) {
            if (!keyWasTaken(e)) {
                throw failure(e);
            }
            return inTransaction(work);
        }
    }

    static boolean keyWasTaken(SQLException e) {
        return UNIQUE_VIOLATION.equals(e.getSQLState());
    }

    static RunbookFailure failure(SQLException e) {
        return new RunbookFailure(
                "KR-JOURNAL-001",
                RunbookFailure.Remedy.RETRY,
                Optional.empty(),
                "the journal's database did not take a statement: " + e.getMessage(),
                List.of(),
                e);
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static <T> List<T> rows(Connection connection, String sql, Row<T> row, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet columns = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (columns.next()) {
                    found.add(row.read(columns));
                }
                return found;
            }
        }
    }

    static <T> Optional<T> first(Connection connection, String sql, Row<T> row, Object... values)
            throws SQLException {
        return rows(connection, sql, row, values).stream().findFirst();
    }

    static Instant instant(ResultSet columns, String name) throws SQLException {
        return columns.getObject(name, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> maybeInstant(ResultSet columns, String name) throws SQLException {
        return Optional.ofNullable(columns.getObject(name, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Optional<?> maybe ? maybe.orElse(null) : values[i];
            statement.setObject(
                    i + 1,
                    value instanceof Instant at
                            ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC)
                            : value);
        }
    }
}
