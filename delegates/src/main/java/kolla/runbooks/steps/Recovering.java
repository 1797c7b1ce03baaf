package kolla.runbooks.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.galera.backup.Backup;
import kolla.runbooks.galera.backup.BackupStore;
import kolla.runbooks.galera.recovery.EvidenceText;
import kolla.runbooks.galera.recovery.GaleraRecovery;
import kolla.runbooks.galera.recovery.Proposal;
import kolla.runbooks.galera.recovery.RecoveryPlan;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.rollout.RolloutContext;

/** A look at the cluster, written down as a plan and as the variables that the diagram reads. */
final class Recovering {

    static final String NOTHING = "nothing";
    static final String HALT = "halt";
    static final String ASK = "ask";

    private static final int BACKUPS_NAMED = 3;

    private Recovering() {}

    /**
     * @throws RunbookFailure the proposal's own code, when nothing may be done as things are
     */
    static void write(StepCall call, RolloutContext context, GaleraRecovery.Look look) {
        GaleraStep.keep(call, look.seen());
        call.journal().log(ActionId.CLUSTER, look.proposal().sentence());
        call.setList(Variable.CANDIDATES, List.of());
        if (look.proposal() instanceof Proposal.Stop stop) {
            List<String> evidence = new ArrayList<>(EvidenceText.table(look.seen()));
            if (stop.restore()) {
                evidence.addAll(backups(context));
            }
            throw RunbookFailure.person(stop.code(), stop.sentence(), evidence);
        }
        if (look.proposal() instanceof Proposal.Nothing) {
            call.set(Variable.PROPOSAL, NOTHING);
        } else if (look.proposal() instanceof Proposal.Halt halt) {
            call.set(Variable.PROPOSAL, HALT);
            call.setList(Variable.SILENT_HOSTS, halt.hosts());
        } else if (look.proposal() instanceof Proposal.Choose choose) {
            String text = EvidenceText.choice(choose, look.seen());
            ask(call, RecoveryPlan.choice(choose).json(), text);
            call.setList(
                    Variable.CANDIDATES,
                    choose.candidates().stream().map(RecoveryPlan.Line::host).toList());
        } else {
            RecoveryPlan plan = ((Proposal.Recover) look.proposal()).plan();
            ask(call, plan.json(), EvidenceText.of(plan, look.seen()));
            call.setList(Variable.JOINERS, plan.joiners());
        }
    }

    /** What could be restored; the store being away is no reason to say less about the hosts. */
    private static List<String> backups(RolloutContext context) {
        try {
            List<Backup> backups = BackupStore.list(context);
            return backups.isEmpty()
                    ? List.of("there is no verified backup")
                    : backups.stream()
                            .limit(BACKUPS_NAMED)
                            .map(b -> "backup " + b.describe())
                            .toList();
        } catch (RunbookFailure e) {
            return List.of("the backups could not be read: " + e.code() + ", " + e.sentence());
        }
    }

    /**
     * A host that was chosen and is not the most advanced of its history any more is forgotten: the
     * question is asked again.
     */
    static GaleraRecovery.Look look(
            StepCall call, GaleraRecovery recovery, RolloutContext context) {
        Optional<String> chosen = GaleraStep.chosen(call);
        GaleraRecovery.Look look = recovery.look(context, chosen);
        if (chosen.isPresent()
                && look.proposal() instanceof Proposal.Stop stop
                && stop.notACandidate()) {
            call.journal().warn(ActionId.CLUSTER, stop.sentence());
            call.set(Variable.CHOSEN_HOST, "");
            return recovery.look(context, Optional.empty());
        }
        return look;
    }

    private static void ask(StepCall call, String json, String text) {
        Asking.about(call, RecoveryPlan.digest(json), json, text);
        call.set(Variable.PROPOSAL, ASK);
    }
}
