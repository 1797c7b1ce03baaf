package kolla.runbooks.steps;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.recovery.EvidenceText;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.NodeEvidence;
import kolla.runbooks.galera.recovery.RecoveryPlan;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/** A step of the runbook galera-recovery: works on the service of kind galera. */
abstract class GaleraStep extends Step {

    GaleraStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void act(StepCall call, GaleraRecovery recovery, RolloutContext context);

    @Override
    final void act(StepCall call) {
        Deployment deployment = call.deployment();
        RolloutContext context =
                deployment
                        .ofKind("galera")
                        .map(service -> call.context(deployment, service))
                        .orElseThrow(
                                () ->
                                        RunbookFailure.person(
                                                "KR-DEFINITION-002",
                                                "no service of kind galera is enabled on any host"
                                                        + " of cluster "
                                                        + call.clusterName(),
                                                List.of()));
        act(call, environment().recovery(), context);
    }

    /** The plan that was approved; variables can be edited by whoever may, this cannot. */
    final RecoveryPlan plan(StepCall call) {
        return environment()
                .plans()
                .newest(call.run())
                .map(record -> RecoveryPlan.parse(record.json()))
                .orElseThrow(() -> new IllegalStateException("run " + call.run() + " has no plan"));
    }

    /** Writes down what was seen, for the run's log and as evidence. */
    static void keep(StepCall call, List<NodeEvidence> seen) {
        for (NodeEvidence node : seen) {
            call.journal().log(node.host(), EvidenceText.line(node));
            call.journal().evidence(node.host(), "galera", EvidenceText.line(node));
        }
        call.journal()
                .evidence(ActionId.CLUSTER, "galera", String.join("\n", EvidenceText.table(seen)));
    }

    static Optional<String> chosen(StepCall call) {
        return call.optional(Variable.CHOSEN_HOST).map(String::strip).filter(h -> !h.isEmpty());
    }
}
