package kolla.runbooks.steps;

/** Looks what would be left without the host, and writes the plan down for the approver. */
final class PlanMaintenance extends MaintenanceStep {

    PlanMaintenance(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        plan(call);
    }
}
