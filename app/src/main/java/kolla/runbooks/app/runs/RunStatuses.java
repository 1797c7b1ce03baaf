package kolla.runbooks.app.runs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.Runs;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * Finds runs and derives where they stand from the journal and the engine. Reads only.
 *
 * <p>A run's result is written in the transaction that removes its instance. So the engine is asked
 * before the journal: whoever sees no instance any more sees the result if he looks afterwards,
 * provided that the database never answers with an older state than it did before (that H2 does not
 * is seen to by the program's session settings).
 */
@Component
public class RunStatuses {

    /** The user task in which an approver decides, in every runbook. */
    public static final String APPROVAL_TASK = "approvePlan";

    /** Where a run asks between two changes whether it goes on. */
    public static final String QUESTION_TASK = "goOn";

    /** The user task in which people say that a host is back. */
    public static final String WORK_TASK = "hostIsOut";

    private static final int NEWEST = 1000;

    private final Runs runs;
    private final TaskService tasks;
    private final InstanceTree tree;

    RunStatuses(Runs runs, TaskService tasks, InstanceTree tree) {
        this.runs = runs;
        this.tasks = tasks;
        this.tree = tree;
    }

    /**
     * @throws ProblemException when there is no such run
     */
    public Run find(String id) {
        return runs.find(new RunId(id))
                .orElseThrow(() -> ProblemException.notFound("There is no run \"" + id + "\""));
    }

    /** The run that a process instance belongs to, also when it was called by another. */
    public Optional<Run> byInstance(String instance) {
        return runs.byProcessInstance(instance)
                .or(() -> tree.root(instance).flatMap(runs::byProcessInstance));
    }

    /** The newest first; looks at the newest {@value #NEWEST} runs of the program or cluster. */
    public List<RunStatus> list(
            Optional<String> cluster,
            Optional<RunState> state,
            Optional<String> runbook,
            int limit) {
        return runs.list(cluster, NEWEST).stream()
                .filter(r -> runbook.map(r.runbook()::equals).orElse(true))
                .map(this::of)
                .filter(s -> state.map(s.state()::equals).orElse(true))
                .limit(limit)
                .toList();
    }

    /**
     * @param run as it was found; its end since then is seen
     */
    public RunStatus of(Run run) {
        if (run.result().isPresent()) {
            return new RunStatus(run, RunState.of(run.result().get()), List.of(), List.of());
        }
        Set<String> ids = run.processInstance().map(tree::ids).orElse(Set.of());
        if (ids.isEmpty()) {
            return gone(run);
        }
        List<StepFailure> failures = tree.failures(ids);
        RunState state = RunState.RUNNING;
        if (!failures.isEmpty()) {
            state = RunState.FAILED_STEP;
        } else if (approvalTask(run).isPresent()) {
            state = RunState.WAITING_FOR_APPROVAL;
        } else if (workTask(run).isPresent()) {
            state = RunState.WAITING_FOR_PERSON;
        }
        return new RunStatus(run, state, tree.steps(ids), failures);
    }

    /**
     * It ended since it was found. Without a result its instance was removed without its listeners,
     * together with its definition: nobody goes on with it.
     */
    private RunStatus gone(Run run) {
        Run now = runs.find(run.id()).orElse(run);
        RunState state = now.result().map(RunState::of).orElse(RunState.CANCELLED);
        return new RunStatus(now, state, List.of(), List.of());
    }

    /** The task in which this run waits for people to say that their work is done. */
    Optional<Task> workTask(Run run) {
        return run.processInstance().stream()
                .flatMap(
                        instance ->
                                tasks
                                        .createTaskQuery()
                                        .processInstanceId(instance)
                                        .taskDefinitionKey(WORK_TASK)
                                        .list()
                                        .stream())
                .findFirst();
    }

    /** The task in which this run's plan waits for a decision. */
    Optional<Task> approvalTask(Run run) {
        return run.processInstance().stream()
                .flatMap(
                        instance ->
                                tasks
                                        .createTaskQuery()
                                        .processInstanceId(instance)
                                        .taskDefinitionKeyIn(APPROVAL_TASK, QUESTION_TASK)
                                        .list()
                                        .stream())
                .findFirst();
    }
}
