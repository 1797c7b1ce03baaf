package kolla.runbooks.steps;

/** Looks again, just before acting; when the plan is another one now, it is asked about again. */
final class ConfirmMaintenance extends MaintenanceStep {

    ConfirmMaintenance(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Asking.confirm(call, plan(call).digest());
    }
}
