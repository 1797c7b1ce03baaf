package kolla.runbooks.steps;

/**
 * Just before acting, makes the plan again. When it is another than the approved one, the approval
 * is void: the new plan is written down and asked about.
 */
final class ConfirmPlan extends Step {

    ConfirmPlan(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Planning planning = Planning.of(call);
        planning.write(call);
        Asking.confirm(call, planning.plan().digest());
    }
}
