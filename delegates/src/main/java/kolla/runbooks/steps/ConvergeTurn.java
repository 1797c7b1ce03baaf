package kolla.runbooks.steps;

import kolla.runbooks.catalog.BootstrapJob;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;
import kolla.runbooks.upgrade.SchemaJobs;
import kolla.runbooks.upgrade.VersionGate;

/** Brings one service on the host whose turn it is to what it should be. */
final class ConvergeTurn extends ServiceStep {

    ConvergeTurn(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        Host host = context.cluster().inventory().host(call.text(Variable.TURN));
        try {
            if (call.goingBack() && staysNew(call, context, host)) {
                return;
            }
            rollout.converge(context, host);
            if (!call.goingBack()
                    && call.names(Variable.UPGRADING).contains(context.service().name())) {
                for (BootstrapJob job : context.service().upgrade().after(host)) {
                    SchemaJobs.run(context, host, job);
                }
            }
        } catch (RunbookFailure failure) {
            throw TurnFailed.of(call, failure);
        }
    }

    /** What the new version has taken over is not given to the old one, which may not read it. */
    private static boolean staysNew(StepCall call, RolloutContext context, Host host) {
        String oneWay = context.service().upgrade().oneWay();
        if (oneWay.isEmpty() || !VersionGate.isNewer(context, host)) {
            return false;
        }
        call.journal()
                .warn(
                        host.name(),
                        context.service().name() + " stays at its new version here: " + oneWay);
        return true;
    }
}
