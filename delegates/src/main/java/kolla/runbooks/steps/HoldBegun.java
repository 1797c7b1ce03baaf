package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.RunId;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/** Listener when a run begins to wait for a person's work: says so in the run's log. */
final class HoldBegun implements TaskListener {

    private final StepEnvironment environment;

    HoldBegun(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void notify(DelegateTask task) {
        RunId run = new RunId(String.valueOf(task.getVariable(Variable.RUN_ID)));
        Approvals.log(environment, run, task.getTaskDefinitionKey()).log(
                ActionId.CLUSTER,
                "waiting for an operator to say that the work is done; this never expires");
    }
}
