package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;

/**
 * Looks whether every service is highly available now: as a gate before anything is taken away, and
 * at the end of a run.
 */
final class VerifyHighAvailability extends Step {

    VerifyHighAvailability(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.deployment();
        Verification.await(call, () -> Verification.look(call, deployment));
    }
}
