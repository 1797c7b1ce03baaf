package kolla.runbooks.processes.lint;

import static kolla.runbooks.processes.lint.Diagram.at;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** What an operator reads in a diagram, and what a log calls it. */
final class WordRules {

    private static final int LONGEST_NAME = 32;

    /** People start runbooks by this name; what is only called may have one in camel case. */
    private static final Pattern RUNBOOK = Pattern.compile("[a-z][A-Za-z]*(-[a-z]+)*");

    private static final Pattern GENERATED = Pattern.compile(".*_[0-9a-z]{7}");

    private WordRules() {}

    static final List<Rule> ALL =
            List.of(
                    new Rule(
                            "documented",
                            "Cockpit shows the documentation to the one who asks what a node does",
                            WordRules::documentation),
                    new Rule(
                            "named",
                            "an operator says the name aloud; a name longer than "
                                    + LONGEST_NAME
                                    + " characters does not fit its box",
                            WordRules::names),
                    new Rule(
                            "gateway-asks",
                            "the way on is read from the question and its answers",
                            WordRules::questions),
                    new Rule(
                            "ids-speak",
                            "ids stand in logs, in REST answers and in migrations",
                            WordRules::ids),
                    new Rule(
                            "one-folder-a-runbook",
                            "a diagram is found by its process id and the other way round",
                            WordRules::folders));

    private static Stream<String> documentation(Diagram diagram) {
        return Stream.<BaseElement>concat(diagram.processes(), diagram.nodes())
                .filter(
                        element ->
                                element.getDocumentations().stream()
                                        .noneMatch(d -> d.getTextContent().strip().length() > 20))
                .map(element -> element.getId() + " says nothing about itself");
    }

    private static Stream<String> names(Diagram diagram) {
        return diagram.nodes()
                .filter(
                        node ->
                                node.getName() == null
                                        || node.getName().isBlank()
                                        || node.getName().length() > LONGEST_NAME)
                .map(node -> at(node) + " has no name that fits");
    }

    private static Stream<String> questions(Diagram diagram) {
        return diagram.all(ExclusiveGateway.class)
                .filter(gateway -> gateway.getOutgoing().size() > 1)
                .filter(
                        gateway ->
                                gateway.getName() == null
                                        || !gateway.getName().endsWith("?")
                                        || gateway.getOutgoing().stream()
                                                .anyMatch(flow -> flow.getName() == null))
                .map(gateway -> at(gateway) + " is no question with named answers");
    }

    private static Stream<String> ids(Diagram diagram) {
        Stream<String> runbooks =
                diagram.processes()
                        .map(Process::getId)
                        .filter(id -> !RUNBOOK.matcher(id).matches())
                        .map(id -> id + " is no name of a runbook: words with dashes between");
        return Stream.concat(
                runbooks,
                Stream.of(diagram.nodes(), diagram.all(SequenceFlow.class))
                        .flatMap(elements -> elements)
                        .map(BaseElement::getId)
                        .filter(
                                id ->
                                        !BeanRules.NAME.matcher(id).matches()
                                                || GENERATED.matcher(id).matches())
                        .map(id -> id + " is not made of words in lower camel case"));
    }

    private static Stream<String> folders(Diagram diagram) {
        String folder = diagram.file().getParent().getFileName().toString();
        String file = diagram.file().getFileName().toString();
        return diagram.processes()
                .map(Process::getId)
                .filter(id -> !kebab(id).equals(folder) || !file.equals(folder + ".bpmn"))
                .map(id -> "process " + id + " stands in " + folder + "/" + file);
    }

    private static String kebab(String id) {
        return id.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
