package kolla.runbooks.processes.lint;

import static kolla.runbooks.processes.lint.Diagram.at;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;

/** How the engine executes a diagram: transactions, loops, ways out. */
final class ExecutionRules {

    private ExecutionRules() {}

    static final List<Rule> ALL =
            List.of(
                    new Rule(
                            "transaction-per-step",
                            "a step that is not asyncBefore and exclusive is rolled back and"
                                    + " repeated together with its neighbour",
                            ExecutionRules::transactions),
                    new Rule(
                            "no-naive-fan-out",
                            "parallel instances that end at once lose the race at their join and"
                                    + " run again, silently: 500 instances re-ran 3,207 times",
                            ExecutionRules::fanOut),
                    new Rule(
                            "loops-over-variables",
                            "a loop that counts or ends early cannot be resumed by observing",
                            ExecutionRules::loops),
                    new Rule(
                            "safe-default",
                            "without a default flow an odd value of a variable strands the run",
                            ExecutionRules::defaults),
                    new Rule(
                            "history-kept",
                            "without historyTimeToLive the history is never cleaned; shorter than"
                                    + " 180 days it does not answer an audit",
                            ExecutionRules::history),
                    new Rule(
                            "executable",
                            "the engine deploys a process that is not executable without a word"
                                    + " and nobody can start it",
                            diagram ->
                                    diagram.processes()
                                            .filter(process -> !process.isExecutable())
                                            .map(process -> process.getId() + " is not")));

    private static Stream<String> transactions(Diagram diagram) {
        return diagram.all(ServiceTask.class)
                .filter(
                        task ->
                                loop(task) == null
                                        ? !(task.isCamundaAsyncBefore()
                                                && task.isCamundaExclusive())
                                        : !(loop(task).isCamundaAsyncBefore()
                                                && loop(task).isCamundaExclusive()))
                .map(
                        task ->
                                at(task)
                                        + (loop(task) == null
                                                ? " is not asyncBefore and exclusive"
                                                : "'s loop is not asyncBefore and exclusive (on"
                                                        + " the task itself it holds for the loop"
                                                        + " as a whole only)"));
    }

    private static Stream<String> fanOut(Diagram diagram) {
        return diagram.all(Activity.class)
                .filter(activity -> loop(activity) != null && !loop(activity).isSequential())
                .filter(
                        activity ->
                                !(activity instanceof CallActivity
                                        && loop(activity).isCamundaAsyncAfter()
                                        && loop(activity).isCamundaExclusive()))
                .map(
                        activity ->
                                at(activity)
                                        + " runs in parallel and is no call activity whose loop is"
                                        + " asyncAfter and exclusive");
    }

    private static Stream<String> loops(Diagram diagram) {
        return diagram.all(Activity.class)
                .filter(activity -> loop(activity) != null)
                .filter(
                        activity ->
                                loop(activity).getCamundaCollection() == null
                                        || !BeanRules.NAME
                                                .matcher(loop(activity).getCamundaCollection())
                                                .matches()
                                        || loop(activity).getCamundaElementVariable() == null
                                        || loop(activity).getCompletionCondition() != null
                                        || loop(activity).getLoopCardinality() != null)
                .map(
                        activity ->
                                at(activity)
                                        + "'s loop is not over a variable with a list, with a"
                                        + " variable for its element and nothing else");
    }

    private static Stream<String> defaults(Diagram diagram) {
        return diagram.all(ExclusiveGateway.class)
                .filter(gateway -> gateway.getOutgoing().size() > 1 && gateway.getDefault() == null)
                .map(gateway -> at(gateway) + " has no default flow");
    }

    private static Stream<String> history(Diagram diagram) {
        return diagram.processes()
                .map(Process::getCamundaHistoryTimeToLiveString)
                .filter(kept -> !"P180D".equals(kept))
                .map(kept -> "historyTimeToLive is " + kept + ", not P180D");
    }

    private static MultiInstanceLoopCharacteristics loop(Activity activity) {
        return activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop
                ? loop
                : null;
    }
}
