package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** Brings the hosts of one batch to what they should be, side by side. */
final class ConvergeBatch extends ServiceStep {

    ConvergeBatch(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        List<Host> hosts =
                call.names(Variable.BATCH).stream()
                        .map(context.cluster().inventory()::host)
                        .toList();
        context.fanOut()
                .all(
                        hosts,
                        host -> {
                            rollout.converge(context, host);
                            return true;
                        });
    }
}
