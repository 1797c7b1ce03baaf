package kolla.runbooks.steps;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.galera.recovery.EvidenceText;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.NodeEvidence;
import kolla.runbooks.galera.recovery.RecoveryPlan;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/** A step of the runbook galera-recovery. */
abstract class GaleraStep extends DatabaseStep {

    GaleraStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void act(StepCall call, GaleraRecovery recovery, RolloutContext context);

    @Override
    final void act(StepCall call, RolloutContext context) {
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
