package kolla.runbooks.app.engine;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.regex.Pattern;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;
import kolla.runbooks.journal.FencedException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;

/**
 * What becomes of a step that failed: only a failure of the moment is tried again by the engine
 * (three times in all, ten seconds apart); everything else stands as an incident at once and waits
 * for a person. A step that fails because its program is being stopped is left for later.
 */
final class StepFailurePolicy implements FailedJobCommandFactory {

    /** Three attempts, ten seconds apart. */
    static final String RETRY_CYCLE = "R3/PT10S";

    /** Connections lost or refused, the server stopping, deadlocks, serialization failures. */
    private static final Pattern MOMENT = Pattern.compile("08...|57P0.|40001|40P01|53300");

    /** What is done with the job of a failed step. */
    enum Verdict {
        AGAIN_AT_ONCE,
        AGAIN_LATER,
        INCIDENT,
        LEAVE
    }

    private final StepExecutor executor;

    StepFailurePolicy(StepExecutor executor) {
        this.executor = executor;
    }

    @Override
    public Command<Object> getCommand(String jobId, Throwable failure) {
        Verdict verdict = executor.isStopping() ? Verdict.LEAVE : verdict(failure);
        return new FailedStep(jobId, failure, verdict, executor.getLockOwner());
    }

    static Verdict verdict(Throwable failure) {
        if (find(failure, OptimisticLockingException.class).isPresent()) {
            return Verdict.AGAIN_AT_ONCE;
        }
        if (find(failure, FencedException.class).isPresent() || isOfTheDatabasesMoment(failure)) {
            return Verdict.AGAIN_LATER;
        }
        return find(failure, RunbookFailure.class).map(RunbookFailure::remedy).orElse(Remedy.PERSON)
                        == Remedy.RETRY
                ? Verdict.AGAIN_LATER
                : Verdict.INCIDENT;
    }

    /**
     * The engine's own database was away or chose this transaction as a victim. For the step this
     * is as if its program had died: it observes again.
     */
    private static boolean isOfTheDatabasesMoment(Throwable failure) {
        return find(failure, SQLTransientException.class).isPresent()
                || find(failure, SQLRecoverableException.class).isPresent()
                || find(failure, SQLException.class)
                        .map(SQLException::getSQLState)
                        .filter(state -> MOMENT.matcher(state).matches())
                        .isPresent();
    }

    /** The first of its kind in the chain of causes. */
    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }
}
