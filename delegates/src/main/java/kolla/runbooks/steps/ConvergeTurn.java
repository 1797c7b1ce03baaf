package kolla.runbooks.steps;

import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;
import kolla.runbooks.upgrade.SchemaJobs;

/** Brings one service on the host whose turn it is to what it should be. */
final class ConvergeTurn extends ServiceStep {

    ConvergeTurn(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        Host host = context.cluster().inventory().host(call.text(Variable.TURN));
        try {
            rollout.converge(context, host);
            if (!call.goingBack()
                    && call.names(Variable.UPGRADING).contains(context.service().name())) {
                for (BootstrapJob job : context.service().upgrade().afterHost()) {
                    SchemaJobs.run(context, host, job);
                }
            }
        } catch (RunbookFailure failure) {
            throw TurnFailed.of(call, failure);
        }
    }
}
