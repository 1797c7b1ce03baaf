package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.rollout.RolloutContext;

/** Stops servers that run without answering, outside of any primary component. */
final class HaltGalera extends GaleraStep {

    HaltGalera(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, GaleraRecovery recovery, RolloutContext context) {
        List<?> silent = (List<?>) call.execution().getVariable(Variable.SILENT_HOSTS);
        recovery.halt(context, silent.stream().map(String::valueOf).toList());
    }
}
