package kolla.runbooks.processes.lint;

import static kolla.runbooks.processes.lint.Diagram.at;
import static kolla.runbooks.processes.lint.Diagram.extensions;
import static kolla.runbooks.processes.lint.Diagram.property;
import static org.camunda.bpm.model.bpmn.impl.BpmnModelConstants.CAMUNDA_NS;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.xml.instance.DomElement;

/** What makes a process a runbook: it can be listed, approved, ended, and its lease comes back. */
final class RunbookRules {

    private static final Set<String> RESULTS =
            Set.of("succeeded", "wentBack", "rejected", "expired");
    private static final Set<String> RISKS = Set.of("low", "medium", "high");
    private static final Set<String> APPROVALS = Set.of("never", "on-change", "always");

    private RunbookRules() {}

    static final List<Rule> ALL =
            List.of(
                    new Rule(
                            "listed-or-hidden",
                            "what Tasklist offers is a runbook with a title, a risk and a policy;"
                                    + " a part of a runbook must not be offered",
                            RunbookRules::listed),
                    new Rule(
                            "run-is-kept",
                            "a run that is not registered is not audited, one that is not ended"
                                    + " keeps its lease",
                            RunbookRules::kept),
                    new Rule(
                            "results-known",
                            "an end that notes no result is reported as cancelled",
                            RunbookRules::results),
                    new Rule(
                            "approval-guarded",
                            "an approval is offered to a group, checked on the server, reminded of"
                                    + " and never open for ever; what waits for a person's work is"
                                    + " all that and stays open",
                            RunbookRules::approvals),
                    new Rule(
                            "forms-found",
                            "only changed files are deployed, so a form is found by 'latest' alone",
                            RunbookRules::forms));

    private static Stream<String> listed(Diagram diagram) {
        return diagram.processes()
                .flatMap(
                        process -> {
                            List<String> problems = new ArrayList<>();
                            boolean titled = property(process, "runbook.title").isPresent();
                            if (process.isCamundaStartableInTasklist() != titled) {
                                problems.add(
                                        "startable in Tasklist: %s, runbook.title: %s"
                                                .formatted(
                                                        process.isCamundaStartableInTasklist(),
                                                        titled));
                            }
                            if (titled) {
                                oneOf(process, "runbook.risk", RISKS).ifPresent(problems::add);
                                oneOf(process, "runbook.approval", APPROVALS)
                                        .ifPresent(problems::add);
                            }
                            if (process.getCamundaVersionTag() == null) {
                                problems.add("no versionTag");
                            }
                            return problems.stream();
                        });
    }

    private static Optional<String> oneOf(Process process, String name, Set<String> allowed) {
        return property(process, name).filter(allowed::contains).isPresent()
                ? Optional.empty()
                : Optional.of(name + " is " + property(process, name) + ", not one of " + allowed);
    }

    private static Stream<String> kept(Diagram diagram) {
        return diagram.processes()
                .filter(RunbookRules::isRunbook)
                .flatMap(
                        process ->
                                Stream.concat(
                                        listens(process, "end", "${endRun}")
                                                ? Stream.empty()
                                                : Stream.of("no ${endRun} at the process's end"),
                                        process.getChildElementsByType(StartEvent.class).stream()
                                                .filter(
                                                        start ->
                                                                !listens(
                                                                        start,
                                                                        "start",
                                                                        "${registerRun}"))
                                                .map(
                                                        start ->
                                                                at(start)
                                                                        + " has no"
                                                                        + " ${registerRun}")));
    }

    private static Stream<String> results(Diagram diagram) {
        return diagram.processes()
                .filter(RunbookRules::isRunbook)
                .flatMap(process -> process.getChildElementsByType(EndEvent.class).stream())
                .filter(end -> end.getEventDefinitions().isEmpty())
                .filter(
                        end ->
                                !RESULTS.contains(end.getId())
                                        || !listens(end, "start", "${noteResult}"))
                .map(end -> at(end) + " has no ${noteResult}, or its id is none of " + RESULTS);
    }

    private static Stream<String> approvals(Diagram diagram) {
        return diagram.all(UserTask.class)
                .flatMap(
                        task -> {
                            List<String> problems = new ArrayList<>();
                            if (task.getCamundaCandidateGroups() == null) {
                                problems.add(at(task) + " has no candidateGroups");
                            }
                            for (String event : List.of("create", "complete")) {
                                if (extensions(task, CamundaTaskListener.class).stream()
                                        .noneMatch(l -> event.equals(l.getCamundaEvent()))) {
                                    problems.add(at(task) + " has no listener on " + event);
                                }
                            }
                            boolean approval = "approvers".equals(task.getCamundaCandidateGroups());
                            boolean expires =
                                    timers(diagram, task).anyMatch(BoundaryEvent::cancelActivity);
                            if (expires != approval) {
                                problems.add(
                                        at(task)
                                                + (approval
                                                        ? " never expires"
                                                        : " expires while somebody works"));
                            }
                            if (timers(diagram, task).allMatch(BoundaryEvent::cancelActivity)) {
                                problems.add(at(task) + " has no reminder");
                            }
                            return problems.stream();
                        });
    }

    private static Stream<BoundaryEvent> timers(Diagram diagram, UserTask task) {
        return diagram.all(BoundaryEvent.class)
                .filter(event -> event.getAttachedTo().equals(task))
                .filter(
                        event ->
                                event.getEventDefinitions().stream()
                                        .anyMatch(TimerEventDefinition.class::isInstance));
    }

    private static Stream<String> forms(Diagram diagram) {
        Stream<BaseElement> withForm =
                Stream.concat(
                        diagram.all(UserTask.class),
                        diagram.processes()
                                .filter(RunbookRules::isRunbook)
                                .flatMap(p -> p.getChildElementsByType(StartEvent.class).stream()));
        return withForm.filter(
                        element -> {
                            DomElement dom = element.getDomElement();
                            String form = dom.getAttribute(CAMUNDA_NS, "formRef");
                            return form == null
                                    || !Files.exists(diagram.file().resolveSibling(form + ".form"))
                                    || !"latest"
                                            .equals(dom.getAttribute(CAMUNDA_NS, "formRefBinding"));
                        })
                .map(
                        element ->
                                element.getId()
                                        + " has no form of its folder, bound to the latest one");
    }

    private static boolean isRunbook(Process process) {
        return property(process, "runbook.title").isPresent();
    }

    private static boolean listens(BaseElement element, String event, String bean) {
        return extensions(element, CamundaExecutionListener.class).stream()
                .anyMatch(
                        listener ->
                                event.equals(listener.getCamundaEvent())
                                        && bean.equals(listener.getCamundaDelegateExpression()));
    }
}
