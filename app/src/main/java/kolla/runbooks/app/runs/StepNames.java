package kolla.runbooks.app.runs;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.springframework.stereotype.Component;

/**
 * What the diagrams call the steps that the journal knows by their ids. A version of a process
 * never changes, so each is read once.
 */
@Component
public class StepNames {

    private final RepositoryService repository;
    private final Map<String, BpmnModelInstance> models = new ConcurrentHashMap<>();

    StepNames(RepositoryService repository) {
        this.repository = repository;
    }

    /**
     * Names by step id, of the newest version of a runbook and of the processes that it calls.
     * Where two of them use an id, the runbook's own name counts. A step that has no name is
     * missing.
     */
    public Map<String, String> of(String runbook) {
        Map<String, String> names = new HashMap<>();
        add(runbook, names);
        return Map.copyOf(names);
    }

    private void add(String process, Map<String, String> names) {
        ProcessDefinition newest =
                repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(process)
                        .latestVersion()
                        .singleResult();
        if (newest == null) {
            return;
        }
        BpmnModelInstance model = model(newest.getId());
        Collection<Activity> activities = model.getModelElementsByType(Activity.class);
        for (Activity activity : activities) {
            if (activity.getName() != null) {
                names.putIfAbsent(activity.getId(), activity.getName());
            }
        }
        for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
            add(call.getCalledElement(), names);
        }
    }

    private BpmnModelInstance model(String definition) {
        BpmnModelInstance known = models.get(definition);
        if (known == null) {
            known = repository.getBpmnModelInstance(definition);
            models.put(definition, known);
        }
        return known;
    }
}
