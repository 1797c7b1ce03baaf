package kolla.runbooks.steps;

import java.util.List;
import java.util.stream.Collectors;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;
import kolla.runbooks.rollout.ServiceRollout;
import kolla.runbooks.upgrade.VersionGate;

/** Decides the order of the hosts for one service and prepares what the cluster needs once. */
final class PrepareService extends ServiceStep {

    PrepareService(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call, ServiceRollout rollout, RolloutContext context) {
        VersionGate.check(context);
        List<List<Host>> batches = Members.only(call, context.service(), rollout.batches(context));
        rollout.prepare(context, batches);
        List<String> joined = batches.stream().map(PrepareService::names).toList();
        call.setList(Variable.BATCHES, joined);
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        context.service().name()
                                + (joined.isEmpty()
                                        ? ": every host is as it should be"
                                        : ": hosts in this order: "
                                                + String.join(" then ", joined)));
    }

    private static String names(List<Host> batch) {
        return batch.stream().map(Host::name).collect(Collectors.joining(","));
    }
}
