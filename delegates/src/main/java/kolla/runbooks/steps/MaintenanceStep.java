package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.maintenance.HostMaintenance;
import kolla.runbooks.maintenance.MaintenancePlan;
import kolla.runbooks.maintenance.MaintenanceText;

/** A step of the runbook host-maintenance that makes its plan. */
abstract class MaintenanceStep extends Step {

    static final String HOST = "host";

    MaintenanceStep(StepEnvironment environment) {
        super(environment);
    }

    /** Looks, and writes down what would be taken out and what would be left. */
    final MaintenancePlan plan(StepCall call) {
        Deployment deployment = call.deployment();
        MaintenancePlan plan =
                environment()
                        .maintenance()
                        .plan(
                                call.context(deployment, deployment.services().get(0)),
                                call.parameter(HOST).orElse(""),
                                Verification.accepted(call));
        Asking.about(
                call,
                plan.digest(),
                plan.json(),
                MaintenanceText.plan(plan, call.asked().reason()));
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(deployment));
        call.setList(Variable.TURNS, plan.services());
        call.setList(Variable.RETURNS, HostMaintenance.returning(deployment, plan));
        call.set(Variable.OUT_TEXT, MaintenanceText.out(plan));
        return plan;
    }
}
