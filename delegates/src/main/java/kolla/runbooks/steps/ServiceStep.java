package kolla.runbooks.steps;

import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;

/** A step that works on the service named by the variable {@code service}. */
abstract class ServiceStep extends Step {

    ServiceStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void act(StepCall call, ServiceRollout rollout, RolloutContext context);

    @Override
    final void act(StepCall call) {
        Deployment deployment = call.plannedDeployment();
        DesiredService service = deployment.service(call.text(Variable.SERVICE));
        act(call, environment().rollouts().of(service), call.plannedContext(deployment, service));
    }
}
