package kolla.runbooks.app.engine;

import kolla.runbooks.failure.RunbookFailure;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/** Writes a failed step's failure to its job, and what is to be done with it. */
final class FailedStep extends DefaultJobRetryCmd {

    private static final long serialVersionUID = 1L;

    private final StepFailurePolicy.Verdict verdict;
    private final String me;

    FailedStep(String jobId, Throwable failure, StepFailurePolicy.Verdict verdict, String me) {
        super(jobId, failure);
        this.verdict = verdict;
        this.me = me;
    }

    @Override
    public Object execute(CommandContext commands) {
        JobEntity job = getJob();
        boolean executedByUs = Context.getJobExecutorContext() != null;
        if (job == null || (executedByUs && !me.equals(job.getLockOwner()))) {
            // It is gone, or this program was declared dead and the job is somebody else's now.
            return null;
        }
        if (job.getProcessInstanceId() == null) {
            // The engine's own chores (history clean-up, batches) go by the engine's own rules.
            return super.execute(commands);
        }
        return switch (verdict) {
            case AGAIN_LATER -> super.execute(commands);
            case AGAIN_AT_ONCE -> {
                job.unlock();
                notifyAcquisition(commands);
                yield null;
            }
            case LEAVE -> {
                job.unlock();
                yield null;
            }
            case INCIDENT -> {
                logException(job);
                job.unlock();
                job.setRetries(0);
                yield null;
            }
        };
    }

    @Override
    protected void logException(JobEntity job) {
        super.logException(job);
        StepFailurePolicy.find(exception, RunbookFailure.class)
                .ifPresent(failure -> job.setExceptionMessage(failure.headline()));
    }
}
