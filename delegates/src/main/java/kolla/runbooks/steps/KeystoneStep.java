package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.keystone.FernetRotation;
import kolla.runbooks.keystone.RotationPlan;
import kolla.runbooks.keystone.RotationWish;
import kolla.runbooks.rollout.RolloutContext;

/** A step of the runbook rotate-fernet. */
abstract class KeystoneStep extends Step {

    KeystoneStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void act(StepCall call, RolloutContext context);

    /** Of what is looked at. */
    Deployment deployment(StepCall call) {
        return call.deployment();
    }

    @Override
    final void act(StepCall call) {
        Deployment deployment = deployment(call);
        DesiredService keystone =
                deployment
                        .ofKind("keystone")
                        .orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                "KR-DEFINITION-002",
                                                "no Keystone is enabled on any host of cluster "
                                                        + call.clusterName(),
                                                List.of()));
        call.set(Variable.SERVICE, keystone.name());
        act(call, call.context(deployment, keystone));
    }

    /** Looks, and writes down what would be done. */
    static RotationPlan plan(StepCall call, RolloutContext context) {
        RotationPlan plan =
                FernetRotation.plan(
                        context,
                        RotationWish.of(
                                call.parameter("neededKeys").orElse(""),
                                call.parameter("dropKeys").orElse("")));
        Asking.about(call, plan.digest(), plan.json(), plan.text(call.asked().reason()));
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(context.deployment()));
        return plan;
    }

    /** The plan that was approved; variables can be edited by whoever may, this cannot. */
    static RotationPlan approved(StepCall call) {
        return call.environment()
                .plans()
                .newest(call.run())
                .map(record -> RotationPlan.parse(record.json()))
                .orElseThrow(() -> new IllegalStateException("run " + call.run() + " has no plan"));
    }
}
