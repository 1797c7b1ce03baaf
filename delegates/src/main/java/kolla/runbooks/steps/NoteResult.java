package kolla.runbooks.steps;

import java.util.Locale;
import kolla.runbooks.journal.Run;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;

/** Listener on a runbook's end events: the event's id says how the run ended. */
final class NoteResult implements ExecutionListener {

    @Override
    public void notify(DelegateExecution execution) {
        String id =
                execution
                        .getCurrentActivityId()
                        .replaceAll("(?=[A-Z])", "_")
                        .toUpperCase(Locale.ROOT);
        execution.setVariable(Variable.RESULT, Run.Result.valueOf(id).name());
    }
}
