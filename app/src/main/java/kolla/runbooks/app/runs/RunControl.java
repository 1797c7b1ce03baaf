package kolla.runbooks.app.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import kolla.runbooks.app.problem.ErrorCode;
import kolla.runbooks.app.problem.FieldError;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.Run;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/** What people do to a run that has begun: decide about its plan, retry, cancel. */
@Component
public class RunControl {

    private static final int LONGEST_COMMENT = 500;
    private static final int ATTEMPTS = 5;
    private static final int LONGEST_HOST_NAME = 253;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final RunStatuses statuses;
    private final InstanceTree tree;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final Journals journals;

    RunControl(
            RunStatuses statuses,
            InstanceTree tree,
            RuntimeService runtime,
            TaskService tasks,
            ManagementService management,
            Journals journals) {
        this.statuses = statuses;
        this.tree = tree;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.journals = journals;
    }

    /**
     * Completes the approval task as the person that the engine's authentication names. Who may
     * decide, and whether the digest still holds, is checked by the task's own listener, so that
     * Tasklist is held to it too.
     *
     * @param chosenHost where the plan asks which host; may be null
     */
    public void decide(
            Run run, String decision, String planDigest, String comment, String chosenHost) {
        List<FieldError> errors = new ArrayList<>();
        if (!Set.of("approve", "reject", "wait").contains(decision == null ? "" : decision)) {
            errors.add(
                    FieldError.of(
                            "decision",
                            decision,
                            "approve or reject; between two changes also wait"));
        }
        if (planDigest == null || !DIGEST.matcher(planDigest).matches()) {
            errors.add(
                    FieldError.of(
                            "planDigest",
                            planDigest,
                            "the digest of the plan that you saw: 64 lower-case hex digits"));
        }
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            errors.add(
                    FieldError.of(
                            "comment",
                            comment,
                            "text, at most " + LONGEST_COMMENT + " characters"));
        }
        if (chosenHost != null && chosenHost.length() > LONGEST_HOST_NAME) {
            errors.add(FieldError.of("chosenHost", chosenHost, "the name of a host"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        Task task =
                statuses.approvalTask(run)
                        .orElseThrow(() -> notNow(run, "no plan of it waits for a decision"));
        Map<String, Object> decided = new LinkedHashMap<>();
        decided.put("decision", decision);
        decided.put("planDigest", planDigest);
        decided.put("comment", comment == null ? "" : comment);
        if (chosenHost != null) {
            decided.put("chosenHost", chosenHost.strip());
        }
        tasks.complete(task.getId(), decided);
    }

    /**
     * Says, as the person that the engine's authentication names, that the work is done for which
     * the run waits. Who may is checked by the task's own listener.
     *
     * @param comment may be null
     */
    public void workDone(Run run, String comment) {
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            throw ProblemException.invalid(
                    List.of(
                            FieldError.of(
                                    "comment",
                                    comment,
                                    "text, at most " + LONGEST_COMMENT + " characters")));
        }
        Task task =
                statuses.workTask(run).orElseThrow(() -> notNow(run, "it waits for nobody's work"));
        tasks.complete(task.getId(), Map.of("comment", comment == null ? "" : comment));
    }

    /** Lets every failed step of the run be tried once more; returns which. */
    public List<StepFailure> retry(Run run, String person) {
        Set<String> ids = run.processInstance().map(tree::ids).orElse(Set.of());
        List<StepFailure> failures = ids.isEmpty() ? List.of() : tree.failures(ids);
        List<Job> jobs =
                ids.isEmpty()
                        ? List.of()
                        : management
                                .createJobQuery()
                                .processInstanceIds(ids)
                                .noRetriesLeft()
                                .list();
        if (jobs.isEmpty()) {
            throw notNow(run, "no step of it has failed");
        }
        for (Job job : jobs) {
            management.setJobRetries(job.getId(), 1);
        }
        note(run, "retry", person + " asked for a retry of " + named(failures));
        return failures;
    }

    /** Ends the run and everything that it called; its lease is released by its own listener. */
    public void cancel(Run run, String person, String reason) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_COMMENT) {
            throw ProblemException.invalid(
                    List.of(
                            FieldError.of(
                                    "reason",
                                    reason,
                                    "text, 1 to " + LONGEST_COMMENT + " characters")));
        }
        if (run.result().isPresent()) {
            throw notNow(run, "it has ended");
        }
        String instance =
                run.processInstance().orElseThrow(() -> notNow(run, "it is still starting"));
        if (tree.ids(instance).isEmpty()) {
            throw notNow(run, "it has ended");
        }
        note(run, "cancel", person + " cancels the run: " + reason.strip());
        delete(instance, "cancelled by " + person + ": " + reason.strip());
    }

    /** A step that ends at the same moment makes the deletion fail; then it is simply repeated. */
    private void delete(String instance, String reason) {
        Optional<OptimisticLockingException> last = Optional.empty();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                runtime.deleteProcessInstance(instance, reason, false, true);
                return;
            } catch (OptimisticLockingException e) {
                last = Optional.of(e);
            }
        }
        throw last.orElseThrow();
    }

    private ProblemException notNow(Run run, String why) {
        return new ProblemException(
                ErrorCode.NOT_NOW,
                "Run " + run.id() + " is " + statuses.of(run).state() + ": " + why);
    }

    private void note(Run run, String step, String text) {
        journals.unfenced(run.id(), step, List.of()).log(ActionId.CLUSTER, text);
    }

    private static String named(List<StepFailure> failures) {
        return String.join(", ", failures.stream().map(StepFailure::step).distinct().toList());
    }
}
