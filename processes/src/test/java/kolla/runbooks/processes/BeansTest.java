package kolla.runbooks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kolla.runbooks.steps.Steps;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.junit.jupiter.api.Test;

/** The beans that the diagrams name are the steps that there are. */
class BeansTest {

    private static final Map<String, Class<?>> KIND_BY_PLACE =
            Map.of(
                    "serviceTask", JavaDelegate.class,
                    "messageEventDefinition", JavaDelegate.class,
                    "executionListener", ExecutionListener.class,
                    "taskListener", TaskListener.class);

    /** The steps only keep their environment until they are executed, which is never here. */
    private static final Map<String, Object> STEPS = Steps.all(null);

    @Test
    void everyBeanInADiagramIsAStepOfTheKindThatItsPlaceNeeds() {
        named().forEach(
                        (bean, place) ->
                                assertThat(STEPS.get(bean))
                                        .as("%s, named on a %s", bean, place)
                                        .isInstanceOf(KIND_BY_PLACE.get(place)));
    }

    @Test
    void everyStepIsNamedInADiagram() {
        assertThat(named().keySet()).containsExactlyInAnyOrderElementsOf(STEPS.keySet());
    }

    @Test
    void theStandInsOfTheseTestsAreThoseBeans() {
        assertThat(new StandIns().beans().keySet())
                .extracting(Object::toString)
                .containsExactlyInAnyOrderElementsOf(STEPS.keySet());
    }

    /** The bean's name and the kind of element that names it. */
    private static Map<String, String> named() {
        Map<String, String> named = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(""), 2)) {
            files.filter(file -> file.toString().endsWith(".bpmn"))
                    .flatMap(
                            file ->
                                    below(
                                            Bpmn.readModelFromFile(file.toFile())
                                                    .getDocument()
                                                    .getRootElement()))
                    .forEach(
                            element -> {
                                String bean =
                                        element.getAttribute(
                                                BpmnModelConstants.CAMUNDA_NS,
                                                "delegateExpression");
                                if (bean != null) {
                                    named.put(
                                            bean.substring(2, bean.length() - 1),
                                            element.getLocalName());
                                }
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return named;
    }

    private static Stream<DomElement> below(DomElement element) {
        return Stream.concat(
                Stream.of(element), element.getChildElements().stream().flatMap(BeansTest::below));
    }
}
