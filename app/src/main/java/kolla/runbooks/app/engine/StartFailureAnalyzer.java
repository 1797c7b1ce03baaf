package kolla.runbooks.app.engine;

import kolla.runbooks.failure.RunbookFailure;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines why the program did not start, where it knows. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<RunbookFailure> {

    @Override
    protected FailureAnalysis analyze(Throwable root, RunbookFailure cause) {
        return new FailureAnalysis(cause.headline(), "See " + cause.page(), cause);
    }
}
