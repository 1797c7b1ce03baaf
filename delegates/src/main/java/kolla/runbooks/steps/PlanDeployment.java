package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;

/** Observes every host, makes the plan, and writes it down for the approver. Changes nothing. */
final class PlanDeployment extends Step {

    PlanDeployment(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Planning planning = Planning.of(call);
        planning.write(call);
        boolean changes = planning.plan().changesAnything();
        call.set(Variable.CHANGES_NEEDED, changes);
        planning.deployment().notes().forEach(n -> call.journal().warn(ActionId.CLUSTER, n));
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        changes
                                ? planning.plan().changes().size() + " changes are needed"
                                : "nothing to change");
    }
}
