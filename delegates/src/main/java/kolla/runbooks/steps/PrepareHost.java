package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.preparation.PreparationPlan;
import kolla.runbooks.rollout.RolloutContext;

/** Prepares the host as approved; finishes what an earlier attempt began. */
final class PrepareHost extends PreparationStep {

    PrepareHost(StepEnvironment environment) {
        super(environment);
    }

    @Override
    Deployment deployment(StepCall call) {
        return call.plannedDeployment();
    }

    @Override
    void act(StepCall call, RolloutContext context, Host newcomer) {
        PreparationPlan now = preparation().plan(context, newcomer);
        PreparationPlan approved = approved(call);
        if (!approved.covers(now)) {
            throw RunbookFailure.person(
                    "KR-PREPARE-011",
                    newcomer.name(),
                    "more is to be done now than was approved; cancel this run and start a new one,"
                            + " whose plan shows it",
                    now.sentences().toArray(String[]::new));
        }
        preparation().carryOut(context, newcomer);
    }

    /** The plan that was approved; variables can be edited by whoever may, this cannot. */
    private static PreparationPlan approved(StepCall call) {
        return call.environment()
                .plans()
                .newest(call.run())
                .map(record -> PreparationPlan.parse(record.json()))
                .orElseThrow(() -> new IllegalStateException("run " + call.run() + " has no plan"));
    }
}
