package kolla.runbooks.steps;

import kolla.runbooks.journal.ActionId;

/** Names the services of one wave, which are rolled out side by side. */
final class SplitWave extends Step {

    SplitWave(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        call.setList(Variable.SERVICES, call.names(Variable.WAVE));
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "rolling out side by side: "
                                + String.join(", ", call.names(Variable.WAVE)));
    }
}
