package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.PlanRecord;

/** Observes every host, makes the plan, and writes it down for the approver. Changes nothing. */
final class PlanDeployment extends Step {

    PlanDeployment(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Planning planning = Planning.of(call);
        PlanRecord record = planning.write(call);
        call.set(Variable.CHANGES_NEEDED, planning.plan().changesAnything());
        planning.deployment().notes().forEach(n -> call.journal().warn(ActionId.CLUSTER, n));
        Planning.setExpiry(call);
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        planning.plan().changesAnything()
                                ? "plan version "
                                        + record.version()
                                        + " with "
                                        + planning.plan().changes().size()
                                        + " changes, digest "
                                        + record.digest()
                                : "nothing to change");
    }
}
