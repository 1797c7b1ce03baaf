package kolla.runbooks.steps;

import java.util.Optional;
import kolla.runbooks.journal.Run;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

/**
 * Listener at the end of every runbook, also when it is cancelled: writes how the run ended and
 * gives the lease back, in the engine's transaction.
 */
final class EndRun implements ExecutionListener {

    private final StepEnvironment environment;

    EndRun(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void notify(DelegateExecution execution) {
        Optional<Run> run = environment.runs().byProcessInstance(execution.getProcessInstanceId());
        run.ifPresent(
                r -> {
                    environment.runs().end(r.id(), result(execution));
                    environment.leases().release(r.id());
                });
    }

    private static Run.Result result(DelegateExecution execution) {
        Object noted = execution.getVariable(Variable.RESULT);
        if (noted != null) {
            return Run.Result.valueOf(noted.toString());
        }
        return execution.isCanceled() ? Run.Result.CANCELLED : Run.Result.FAILED;
    }
}
