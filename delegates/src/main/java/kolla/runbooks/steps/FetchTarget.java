package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;

/** Pulls the target's images everywhere, before anything is planned. No container is touched. */
final class FetchTarget extends UpgradeStep {

    FetchTarget(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        requireTarget(call);
        Deployment target = call.deployment();
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(target));
        PullImages.pull(call, target);
    }
}
