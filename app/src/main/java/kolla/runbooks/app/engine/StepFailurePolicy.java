package kolla.runbooks.app.engine;

import java.util.Optional;
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
        if (find(failure, FencedException.class).isPresent()) {
            return Verdict.AGAIN_LATER;
        }
        return find(failure, RunbookFailure.class).map(RunbookFailure::remedy).orElse(Remedy.PERSON)
                        == Remedy.RETRY
                ? Verdict.AGAIN_LATER
                : Verdict.INCIDENT;
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
