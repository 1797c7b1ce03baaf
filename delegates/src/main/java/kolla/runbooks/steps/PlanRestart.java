package kolla.runbooks.steps;

/**
 * Looks at every host and writes down, for the approver, what would be restarted in which order.
 */
final class PlanRestart extends RestartStep {

    PlanRestart(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        plan(call);
    }
}
