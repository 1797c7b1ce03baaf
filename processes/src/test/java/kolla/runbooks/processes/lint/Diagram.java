package kolla.runbooks.processes.lint;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** A parsed diagram and the file that it came from. */
record Diagram(Path file, BpmnModelInstance model) {

    <T extends ModelElementInstance> Stream<T> all(Class<T> type) {
        return model.getModelElementsByType(type).stream();
    }

    Stream<FlowNode> nodes() {
        return all(FlowNode.class);
    }

    Stream<Process> processes() {
        return all(Process.class);
    }

    /** How a problem names a place: the name in the drawing, then the id. */
    static String at(FlowElement element) {
        return "'%s' (%s)".formatted(element.getName(), element.getId());
    }

    static <T extends ModelElementInstance> Collection<T> extensions(
            BaseElement element, Class<T> type) {
        return element.getExtensionElements() == null
                ? List.of()
                : element.getExtensionElements().getChildElementsByType(type);
    }

    static Optional<String> property(Process process, String name) {
        return extensions(process, CamundaProperties.class).stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .map(property -> property.getCamundaValue())
                .findFirst();
    }
}
