package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Spoken;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/** Listener when an approval is asked: says so in the run's log. */
final class ApprovalRequested implements TaskListener {

    private final StepEnvironment environment;

    ApprovalRequested(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void notify(DelegateTask task) {
        RunId run = new RunId(String.valueOf(task.getVariable(Variable.RUN_ID)));
        Approvals.log(environment, run, task.getTaskDefinitionKey()).log(
                ActionId.CLUSTER,
                "waiting for an approver; the approval expires after "
                        + Spoken.of(String.valueOf(task.getVariable(Variable.APPROVAL_EXPIRY))));
    }
}
