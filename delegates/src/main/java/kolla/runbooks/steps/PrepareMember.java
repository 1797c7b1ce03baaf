package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;

/**
 * Makes a host of the machine that comes, and fetches images; the hosts that stay are untouched.
 */
final class PrepareMember extends Step {

    PrepareMember(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Members.enter(call, Members.Stage.JOINING);
        Deployment joined = call.plannedDeployment();
        Preparing.carryOut(call, Members.change(call));
        CheckHosts.check(call, joined);
        PullImages.pull(call, joined);
    }
}
