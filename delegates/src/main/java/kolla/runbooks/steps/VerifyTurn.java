package kolla.runbooks.steps;

import kolla.runbooks.failure.RunbookFailure;

/** Looks, after a host's turn, whether the whole cluster is highly available again. */
final class VerifyTurn extends Step {

    private final VerifyHighAvailability verification;

    VerifyTurn(StepEnvironment environment) {
        super(environment);
        this.verification = new VerifyHighAvailability(environment);
    }

    @Override
    void act(StepCall call) {
        try {
            verification.act(call);
        } catch (RunbookFailure failure) {
            throw TurnFailed.of(call, failure);
        }
    }
}
