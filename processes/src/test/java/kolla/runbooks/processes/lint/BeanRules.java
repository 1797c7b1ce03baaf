package kolla.runbooks.processes.lint;

import static org.camunda.bpm.model.bpmn.impl.BpmnModelConstants.CAMUNDA_NS;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.DomElement;

/**
 * What a diagram may say to the engine: names of beans and variables, simple comparisons. These
 * rules read the document itself and not the model, so that nothing unknown to the model slips by.
 */
final class BeanRules {

    static final Pattern NAME = Pattern.compile("[a-z][A-Za-z]*");
    private static final Pattern BEAN = Pattern.compile("\\$\\{[a-z][A-Za-z]*}");
    private static final Pattern EXPRESSION =
            Pattern.compile("\\$\\{!?[a-z][A-Za-z]*( (==|!=) '[A-Za-z-]*')?}");
    private static final Set<String> CODE =
            Set.of("scriptTask", "script", "connector", "conditionalEventDefinition");
    private static final Set<String> OTHER_WAYS =
            Set.of("class", "expression", "type", "topic", "decisionRef", "resultVariable");

    private BeanRules() {}

    static final List<Rule> ALL =
            List.of(
                    new Rule(
                            "beans-by-name",
                            "a bean's name is all that a diagram knows of Java, so steps can be"
                                    + " replaced in tests and the engine can be replaced one day",
                            BeanRules::beans),
                    new Rule(
                            "no-code",
                            "code in a diagram is not compiled, not tested and not reviewed",
                            diagram ->
                                    elements(diagram)
                                            .filter(e -> CODE.contains(e.getLocalName()))
                                            .map(e -> "<" + e.getLocalName() + "> is code")),
                    new Rule(
                            "simple-expressions",
                            "decisions are made in Java, where they are tested; a diagram only"
                                    + " reads their outcome",
                            BeanRules::expressions));

    private static Stream<String> beans(Diagram diagram) {
        Stream<String> otherWays =
                elements(diagram)
                        .flatMap(
                                e ->
                                        OTHER_WAYS.stream()
                                                .filter(name -> camunda(e, name) != null)
                                                .map(
                                                        name ->
                                                                "camunda:%s on <%s>"
                                                                        .formatted(
                                                                                name,
                                                                                e.getLocalName())));
        Stream<String> noBean =
                elements(diagram)
                        .filter(e -> camunda(e, "delegateExpression") != null)
                        .map(e -> camunda(e, "delegateExpression"))
                        .filter(bean -> !BEAN.matcher(bean).matches())
                        .map(bean -> bean + " is not the name of a bean");
        Stream<String> nothing =
                elements(diagram)
                        .filter(e -> e.getLocalName().equals("serviceTask"))
                        .filter(e -> camunda(e, "delegateExpression") == null)
                        .map(e -> e.getAttribute("id") + " has no delegateExpression");
        return Stream.of(otherWays, noBean, nothing).flatMap(s -> s);
    }

    private static Stream<String> expressions(Diagram diagram) {
        return elements(diagram)
                .flatMap(
                        e ->
                                Stream.concat(
                                        e.getChildElements().isEmpty()
                                                ? Stream.of(e.getTextContent())
                                                : Stream.empty(),
                                        Stream.of(
                                                        "businessKey",
                                                        "collection",
                                                        "dueDate",
                                                        "assignee")
                                                .map(name -> camunda(e, name))))
                .filter(text -> text != null && (text.contains("${") || text.contains("#{")))
                .map(String::strip)
                .filter(text -> !EXPRESSION.matcher(text).matches())
                .map(text -> text + " is more than a variable or a simple comparison");
    }

    private static Stream<DomElement> elements(Diagram diagram) {
        return below(diagram.model().getDocument().getRootElement());
    }

    private static Stream<DomElement> below(DomElement element) {
        return Stream.concat(
                Stream.of(element), element.getChildElements().stream().flatMap(BeanRules::below));
    }

    private static String camunda(DomElement element, String attribute) {
        return element.getAttribute(CAMUNDA_NS, attribute);
    }
}
