package kolla.runbooks.app.runs;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kolla.runbooks.steps.StartForms;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.stereotype.Component;

/**
 * The runbooks there are: the newest version of each deployed process that has the extension
 * property {@code runbook.title}. A version never changes, so each is read once.
 */
@Component
public class Runbooks {

    private final RepositoryService repository;
    private final FormService forms;
    private final Map<String, Optional<Runbook>> byDefinition = new ConcurrentHashMap<>();

    public Runbooks(RepositoryService repository, FormService forms) {
        this.repository = repository;
        this.forms = forms;
    }

    /** Those that the caller may see, by key. */
    public List<Runbook> all() {
        return repository.createProcessDefinitionQuery().latestVersion().active().list().stream()
                .flatMap(d -> read(d).stream())
                .sorted(Comparator.comparing(Runbook::key))
                .toList();
    }

    public Optional<Runbook> find(String key) {
        return all().stream().filter(r -> r.key().equals(key)).findFirst();
    }

    private Optional<Runbook> read(ProcessDefinition definition) {
        Optional<Runbook> known = byDefinition.get(definition.getId());
        if (known == null) {
            known = parse(definition);
            byDefinition.put(definition.getId(), known);
        }
        return known;
    }

    private Optional<Runbook> parse(ProcessDefinition definition) {
        BpmnModelInstance model = repository.getBpmnModelInstance(definition.getId());
        Process process = model.getModelElementById(definition.getKey());
        Map<String, String> properties = properties(process);
        if (!properties.containsKey("runbook.title")) {
            return Optional.empty();
        }
        return Optional.of(
                new Runbook(
                        definition.getKey(),
                        definition.getId(),
                        definition.getVersion(),
                        properties.get("runbook.title"),
                        process.getDocumentations().stream()
                                .map(d -> d.getTextContent().strip())
                                .filter(t -> !t.isEmpty())
                                .findFirst(),
                        properties.getOrDefault("runbook.risk", "high"),
                        properties.getOrDefault("runbook.approval", "always"),
                        StartForms.inputs(forms, definition.getId())));
    }

    private static Map<String, String> properties(Process process) {
        Map<String, String> found = new ConcurrentHashMap<>();
        if (process.getExtensionElements() == null) {
            return found;
        }
        for (CamundaProperties list :
                process.getExtensionElements()
                        .getElementsQuery()
                        .filterByType(CamundaProperties.class)
                        .list()) {
            for (CamundaProperty property : list.getCamundaProperties()) {
                found.put(property.getCamundaName(), property.getCamundaValue());
            }
        }
        return found;
    }
}
