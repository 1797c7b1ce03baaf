package kolla.runbooks.app.engine;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/** Says in two lines why the database could not be used, instead of a screen of stack traces. */
@Order(0) // before the analyzer of the journal's failures, which may be caused by one of these
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** H2's code for a file that another process has open. */
    private static final int IN_USE = 90020;

    @Override
    protected FailureAnalysis analyze(Throwable root, SQLException cause) {
        if (cause.getErrorCode() == IN_USE) {
            return new FailureAnalysis(
                    "The database file is in use by another program: " + cause.getMessage(),
                    "Stop the other program, or give this one a runbooks.home of its own. Several"
                            + " programs share the work on PostgreSQL (spring.datasource.url).",
                    cause);
        }
        String state = cause.getSQLState();
        if (state != null && (state.startsWith("08") || state.startsWith("28"))) {
            return new FailureAnalysis(
                    "The database could not be reached: " + cause.getMessage(),
                    "Compare spring.datasource.url, username and password with the database"
                            + " server.",
                    cause);
        }
        return null;
    }
}
