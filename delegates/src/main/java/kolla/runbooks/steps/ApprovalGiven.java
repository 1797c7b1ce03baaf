package kolla.runbooks.steps;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.Run;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;

/**
 * Listener when an approval is decided, in the transaction that completes the task, so that it
 * holds whichever way the decision came: REST, Tasklist or the engine itself. When it throws,
 * nothing has been decided.
 *
 * <p>{@code KR-APPROVAL-001} the starter decides about the own run; {@code -002} not an approver;
 * {@code -003} another plan than the newest was seen; {@code -004} decision or comment is not
 * right; {@code -006} the variables that name the run were changed; {@code -007} the same person
 * approves the same plan twice; {@code -008} the chosen host is none of those offered.
 */
final class ApprovalGiven implements TaskListener {

    private static final String APPROVERS = "approvers";
    private static final String APPROVE = "approve";
    private static final String REJECT = "reject";
    private static final String WAIT = "wait";
    private static final String BETWEEN_CHANGES = "goOn";
    private static final int LONGEST_COMMENT = 1000;

    private final StepEnvironment environment;

    ApprovalGiven(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void notify(DelegateTask task) {
        Run run = run(task);
        String person = person(task, run);
        String decision = decision(task);
        boolean approved = decision.equals(APPROVE);
        String comment = comment(task);
        PlanRecord plan = plan(task, run);
        if (decision.equals(WAIT)) {
            log(run, task, person, "lets the run wait", plan, comment);
            return;
        }
        String chosen = approved ? chosen(task) : "";
        if (approved) {
            refuseSecondTime(run, plan, person);
        }
        environment
                .plans()
                .decided(
                        new Approval(
                                run.id(),
                                plan.digest(),
                                person,
                                approved,
                                comment,
                                environment.clock().instant()));
        log(
                run,
                task,
                person,
                (approved ? "approved" : "rejected")
                        + " plan version "
                        + plan.version()
                        + (chosen.isEmpty() ? "" : ", choosing " + chosen),
                plan,
                comment);
    }

    private void log(
            Run run,
            DelegateTask task,
            String person,
            String did,
            PlanRecord plan,
            String comment) {
        Approvals.log(environment, run.id(), task.getTaskDefinitionKey()).log(
                ActionId.CLUSTER,
                person
                        + " "
                        + did
                        + ", digest "
                        + plan.digest()
                        + (comment.isEmpty() ? "" : ": " + comment));
    }

    /** Where a plan asks for two people, the second approval is another person's. */
    private void refuseSecondTime(Run run, PlanRecord plan, String person) {
        boolean before =
                environment.plans().approvals(run.id()).stream()
                        .anyMatch(
                                a ->
                                        a.approved()
                                                && a.person().equals(person)
                                                && a.digest().equals(plan.digest()));
        if (before) {
            throw refuse(
                    "007",
                    person + " has approved this plan already; it needs another person as well");
        }
    }

    /**
     * Where the plan asks which host, an approval names one of those that it offers. Any other
     * approval leaves the host that was chosen before as it is: the plan that follows from the
     * choice is approved after it, and its approvers name none.
     */
    private static String chosen(DelegateTask task) {
        if (!(task.getVariable(Variable.CANDIDATES) instanceof List<?> candidates)
                || candidates.isEmpty()) {
            if (task.hasVariable(Variable.CHOSEN_HOST)) {
                task.setVariable(
                        Variable.CHOSEN_HOST,
                        task.getProcessEngineServices()
                                .getRuntimeService()
                                .getVariable(task.getProcessInstanceId(), Variable.CHOSEN_HOST));
            }
            return "";
        }
        Object host = task.getVariable(Variable.CHOSEN_HOST);
        String chosen = host == null ? "" : host.toString().strip();
        if (!candidates.contains(chosen)) {
            throw refuse(
                    "008",
                    "chosenHost: \"" + chosen + "\" is none of the candidates " + candidates);
        }
        return chosen;
    }

    private Run run(DelegateTask task) {
        Optional<Run> run = environment.runs().byProcessInstance(task.getProcessInstanceId());
        String claimed = String.valueOf(task.getVariable(Variable.RUN_ID));
        if (run.isEmpty() || !run.get().id().value().equals(claimed)) {
            throw refuse("006", "the variable runId was changed to \"" + claimed + "\"");
        }
        return run.get();
    }

    private static String person(DelegateTask task, Run run) {
        IdentityService identity = task.getProcessEngineServices().getIdentityService();
        Authentication who = identity.getCurrentAuthentication();
        if (who == null || who.getUserId() == null) {
            throw refuse("002", "nobody is logged in; an approval needs a member of approvers");
        }
        String person = who.getUserId();
        if (person.equals(run.starter())) {
            throw refuse(
                    "001",
                    person + " started this run and cannot decide about it; ask another approver");
        }
        long memberships =
                identity.createGroupQuery().groupId(APPROVERS).groupMember(person).count();
        if (memberships == 0) {
            throw refuse("002", person + " is no member of the group " + APPROVERS);
        }
        return person;
    }

    /** Waiting can be chosen where the run asks between two changes, not before the first. */
    private static String decision(DelegateTask task) {
        String decision = String.valueOf(task.getVariable(Variable.DECISION));
        List<String> allowed =
                task.getTaskDefinitionKey().equals(BETWEEN_CHANGES)
                        ? List.of(APPROVE, REJECT, WAIT)
                        : List.of(APPROVE, REJECT);
        if (!allowed.contains(decision)) {
            throw refuse("004", "decision: \"" + decision + "\" is none of " + allowed);
        }
        return decision;
    }

    private static String comment(DelegateTask task) {
        Object comment = task.getVariable(Variable.COMMENT);
        String text = comment == null ? "" : comment.toString().strip();
        if (text.length() > LONGEST_COMMENT) {
            throw refuse(
                    "004",
                    "comment: has "
                            + text.length()
                            + " characters; at most "
                            + LONGEST_COMMENT
                            + " are kept");
        }
        return text;
    }

    private PlanRecord plan(DelegateTask task, Run run) {
        PlanRecord newest =
                environment
                        .plans()
                        .newest(run.id())
                        .orElseThrow(() -> refuse("003", "this run has no plan yet"));
        String seen = String.valueOf(task.getVariable(Variable.PLAN_DIGEST));
        if (!newest.digest().equals(seen)) {
            throw refuse(
                    "003",
                    "planDigest: \""
                            + seen
                            + "\" is not the newest plan's, which is "
                            + newest.digest()
                            + "; look at the plan again");
        }
        return newest;
    }

    private static RunbookFailure refuse(String number, String sentence) {
        return RunbookFailure.person("KR-APPROVAL-" + number, sentence, List.of());
    }
}
