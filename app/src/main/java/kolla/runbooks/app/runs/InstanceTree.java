package kolla.runbooks.app.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.springframework.stereotype.Component;

/** A process instance with those that it called, and what is going on in them. */
@Component
final class InstanceTree {

    /** Scopes and calls: what happens is inside of them. */
    private static final Set<String> AROUND =
            Set.of("processDefinition", "multiInstanceBody", "subProcess", "callActivity");

    private final RuntimeService runtime;

    InstanceTree(RuntimeService runtime) {
        this.runtime = runtime;
    }

    /** The ids of the instance and of all that it called; empty once it ended. */
    Set<String> ids(String root) {
        Set<String> ids = new TreeSet<>();
        for (ProcessInstance instance :
                runtime.createProcessInstanceQuery().rootProcessInstanceId(root).list()) {
            ids.add(instance.getId());
        }
        return ids;
    }

    /** The instance at the top of the tree that {@code instance} belongs to. */
    Optional<String> root(String instance) {
        return Optional.ofNullable(
                        runtime.createProcessInstanceQuery()
                                .processInstanceId(instance)
                                .singleResult())
                .map(ProcessInstance::getRootProcessInstanceId);
    }

    List<CurrentStep> steps(Set<String> ids) {
        Map<String, String> services = services(ids);
        List<CurrentStep> steps = new ArrayList<>();
        for (String id : ids) {
            ActivityInstance top = runtime.getActivityInstance(id);
            if (top != null) {
                collect(top, Optional.ofNullable(services.get(id)), steps);
            }
        }
        return List.copyOf(steps);
    }

    private static void collect(
            ActivityInstance activity, Optional<String> service, List<CurrentStep> steps) {
        if (!AROUND.contains(activity.getActivityType())) {
            steps.add(
                    step(
                            activity.getActivityId(),
                            activity.getActivityName(),
                            service,
                            activity.getProcessInstanceId()));
        }
        for (TransitionInstance waiting : activity.getChildTransitionInstances()) {
            if (!AROUND.contains(waiting.getActivityType())) {
                steps.add(
                        step(
                                waiting.getActivityId(),
                                waiting.getActivityName(),
                                service,
                                waiting.getProcessInstanceId()));
            }
        }
        for (ActivityInstance child : activity.getChildActivityInstances()) {
            collect(child, service, steps);
        }
    }

    private static CurrentStep step(
            String id, String name, Optional<String> service, String instance) {
        return new CurrentStep(id, name == null ? id : name, service, instance);
    }

    /** The incidents where they arose, not where they were passed up to. */
    List<StepFailure> failures(Set<String> ids) {
        Map<String, String> services = services(ids);
        List<StepFailure> failures = new ArrayList<>();
        for (String id : ids) {
            for (Incident incident : runtime.createIncidentQuery().processInstanceId(id).list()) {
                if (Objects.equals(incident.getId(), incident.getRootCauseIncidentId())) {
                    failures.add(
                            StepFailure.of(
                                    Objects.requireNonNullElse(incident.getIncidentMessage(), ""),
                                    incident.getActivityId(),
                                    Optional.ofNullable(services.get(id)),
                                    incident.getIncidentTimestamp().toInstant(),
                                    id));
                }
            }
        }
        return List.copyOf(failures);
    }

    private Map<String, String> services(Set<String> ids) {
        Map<String, String> services = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            for (VariableInstance variable :
                    runtime.createVariableInstanceQuery()
                            .processInstanceIdIn(ids.toArray(String[]::new))
                            .variableName("service")
                            .list()) {
                services.put(variable.getProcessInstanceId(), String.valueOf(variable.getValue()));
            }
        }
        return services;
    }
}
