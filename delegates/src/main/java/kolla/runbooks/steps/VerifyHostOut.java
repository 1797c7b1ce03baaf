package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.maintenance.HostMaintenance;

/** Looks that nothing runs on the host any more and that the others are whole without it. */
final class VerifyHostOut extends Step {

    VerifyHostOut(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.plannedDeployment();
        Host host =
                HostMaintenance.host(deployment, call.parameter(MaintenanceStep.HOST).orElse(""));
        List<String> running =
                HostMaintenance.running(
                        call.context(deployment, deployment.services().get(0)), host);
        if (!running.isEmpty()) {
            throw RunbookFailure.person(
                    "KR-MAINTENANCE-003",
                    host.name(),
                    String.join(", ", running) + " runs although it was stopped by this run");
        }
        Verification.await(call, () -> Verification.look(call, deployment, c -> c.without(host)));
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        host.name()
                                + " is out: it may be rebooted or powered off; the cluster is whole"
                                + " without it");
    }
}
