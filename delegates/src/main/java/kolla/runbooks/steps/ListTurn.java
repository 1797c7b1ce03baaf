package kolla.runbooks.steps;

import java.util.List;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;

/** The services of the host whose turn it is, in the order of their dependencies. */
final class ListTurn extends UpgradeStep {

    ListTurn(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Deployment deployment = call.plannedDeployment();
        Host host = deployment.cluster().inventory().host(call.text(Variable.TURN));
        List<String> services =
                deployment.services().stream()
                        .filter(s -> s.hosts().contains(host))
                        .map(DesiredService::name)
                        .toList();
        call.setList(Variable.TURN_SERVICES, services);
        call.journal()
                .log(
                        host.name(),
                        (call.goingBack() ? "goes back: " : "has its turn: ")
                                + String.join(", ", services));
    }
}
