package kolla.runbooks.steps;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Run;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;

/**
 * Listener when somebody says that the work for which a run waited is done, in the transaction that
 * completes the task, whichever way it came. When it throws, the run goes on waiting.
 *
 * <p>{@code KR-HOLD-001} nobody is logged in, or neither an operator nor an administrator; {@code
 * KR-APPROVAL-006} the variable that names the run was changed.
 */
final class HoldEnded implements TaskListener {

    private static final List<String> MAY = List.of("operators", "camunda-admin");
    private static final int LONGEST_COMMENT = 1000;

    private final StepEnvironment environment;

    HoldEnded(StepEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void notify(DelegateTask task) {
        Run run = run(task);
        String person = person(task);
        String comment = String.valueOf(task.getVariable(Variable.COMMENT)).strip();
        boolean said = !comment.isEmpty() && !comment.equals("null");
        Approvals.log(environment, run.id(), task.getTaskDefinitionKey()).log(
                ActionId.CLUSTER,
                person
                        + " says that the work is done"
                        + (said
                                ? ": "
                                        + comment.substring(
                                                0, Math.min(LONGEST_COMMENT, comment.length()))
                                : ""));
    }

    private Run run(DelegateTask task) {
        Optional<Run> run = environment.runs().byProcessInstance(task.getProcessInstanceId());
        String claimed = String.valueOf(task.getVariable(Variable.RUN_ID));
        return run.filter(r -> r.id().value().equals(claimed))
                .orElseThrow(
                        () ->
                                RunbookFailure.person(
                                        "KR-APPROVAL-006",
                                        "the variable runId was changed to \"" + claimed + "\"",
                                        List.of()));
    }

    private static String person(DelegateTask task) {
        IdentityService identity = task.getProcessEngineServices().getIdentityService();
        Authentication who = identity.getCurrentAuthentication();
        String person = who == null ? null : who.getUserId();
        boolean may =
                person != null
                        && MAY.stream()
                                .anyMatch(
                                        g ->
                                                identity.createGroupQuery()
                                                                .groupId(g)
                                                                .groupMember(person)
                                                                .count()
                                                        > 0);
        if (!may) {
            throw RunbookFailure.person(
                    "KR-HOLD-001",
                    (person == null ? "nobody is logged in" : person + " is no operator")
                            + "; only a member of "
                            + String.join(" or ", MAY)
                            + " says that the work is done",
                    List.of());
        }
        return person;
    }
}
