package kolla.runbooks.processes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LintTest {

    private static final Path DEPLOY = Path.of("deploy", "deploy.bpmn");
    private static final Path SERVICE = Path.of("roll-out-service", "roll-out-service.bpmn");

    static List<Path> diagrams() {
        return Lint.diagrams();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void keepsEveryRule(Path diagram) throws IOException {
        assertThat(Lint.problems(diagram, Files.readString(diagram))).isEmpty();
    }

    @Test
    void looksAtTheDiagramsThatAreShipped() {
        assertThat(Lint.diagrams()).contains(DEPLOY, SERVICE);
    }

    /** A rule, a good diagram, and the change that breaks the rule. */
    static Stream<Arguments> breakages() {
        return Stream.of(
                broken(
                        "drawn",
                        SERVICE,
                        "bpmnElement=\"serves\"",
                        "bpmnElement=\"rollOutService\""),
                broken("drawn", SERVICE, "bpmnElement=\"finishToServes\"", ""),
                broken("nothing-overlaps", DEPLOY, "x=\"755\" y=\"300\"", "x=\"840\" y=\"300\""),
                broken("nothing-overlaps", DEPLOY, "x=\"822\" y=\"102\"", "x=\"780\" y=\"102\""),
                broken("one-screen", DEPLOY, "x=\"112\" y=\"102\"", "x=\"112\" y=\"1020\""),
                broken("one-screen", DEPLOY, "x=\"1442\" y=\"102\"", "x=\"1900\" y=\"102\""),
                broken(
                        "about-a-dozen-nodes",
                        SERVICE,
                        "<bpmn:endEvent id=\"serves\"",
                        tasks(13) + "<bpmn:endEvent id=\"serves\""),
                broken(
                        "documented",
                        SERVICE,
                        "The service is as the plan says on each of its hosts.",
                        "It serves."),
                broken("named", SERVICE, "name=\"Finish the service\"", ""),
                broken(
                        "named",
                        SERVICE,
                        "Finish the service",
                        "Finish the service on each of its hosts"),
                broken("gateway-asks", DEPLOY, "Anything to change?", "Changes"),
                broken("gateway-asks", DEPLOY, "name=\"no\"", ""),
                broken("ids-speak", SERVICE, "handedToPrepare", "Flow_0m4wqk1"),
                broken("one-folder-a-runbook", SERVICE, "id=\"rollOutService\"", "id=\"other\""),
                broken(
                        "transaction-per-step",
                        DEPLOY,
                        "camunda:asyncBefore=\"true\" camunda:delegateExpression=\"${pullImages}\"",
                        "camunda:delegateExpression=\"${pullImages}\""),
                broken(
                        "transaction-per-step",
                        DEPLOY,
                        "camunda:delegateExpression=\"${pullImages}\"",
                        "camunda:exclusive=\"false\" camunda:delegateExpression=\"${pullImages}\""),
                broken(
                        "transaction-per-step",
                        SERVICE,
                        "isSequential=\"true\" camunda:asyncBefore=\"true\"",
                        "isSequential=\"true\""),
                broken("no-naive-fan-out", SERVICE, "isSequential=\"true\"", ""),
                broken("no-naive-fan-out", DEPLOY, "camunda:asyncAfter=\"true\"", ""),
                broken(
                        "no-naive-fan-out",
                        DEPLOY,
                        "camunda:asyncAfter=\"true\" camunda:exclusive=\"true\"",
                        "camunda:asyncAfter=\"true\" camunda:exclusive=\"false\""),
                broken(
                        "loops-over-variables",
                        SERVICE,
                        "camunda:collection=\"batches\"",
                        "camunda:collection=\"${batches.of(service)}\""),
                broken("safe-default", DEPLOY, "default=\"approvedNo\"", ""),
                broken("history-kept", SERVICE, "P180D", "P7D"),
                broken("executable", SERVICE, "isExecutable=\"true\"", "isExecutable=\"false\""),
                broken("beans-by-name", SERVICE, "${finishService}", "${steps.finish(service)}"),
                broken(
                        "beans-by-name",
                        SERVICE,
                        "camunda:delegateExpression=\"${finishService}\"",
                        "camunda:class=\"kolla.runbooks.steps.FinishService\""),
                broken(
                        "beans-by-name",
                        SERVICE,
                        "camunda:delegateExpression=\"${finishService}\"",
                        ""),
                broken(
                        "no-code",
                        SERVICE,
                        "<bpmn:endEvent id=\"serves\"",
                        "<bpmn:scriptTask id=\"run\"><bpmn:script>x</bpmn:script>"
                                + "</bpmn:scriptTask><bpmn:endEvent id=\"serves\""),
                broken("simple-expressions", DEPLOY, "${planHolds}", "${planHolds and x > 1}"),
                broken("simple-expressions", DEPLOY, "${service}", "#{execution.businessKey}"),
                broken("listed-or-hidden", SERVICE, "camunda:isStartableInTasklist=\"false\"", ""),
                broken("listed-or-hidden", DEPLOY, "value=\"medium\"", "value=\"scary\""),
                broken("listed-or-hidden", DEPLOY, "camunda:versionTag=\"1\"", ""),
                broken("run-is-kept", DEPLOY, "${endRun}", "${ended}"),
                broken("run-is-kept", DEPLOY, "${registerRun}", "${started}"),
                broken("results-known", DEPLOY, "\"rejected\"", "\"refused\""),
                broken("approval-guarded", DEPLOY, "camunda:candidateGroups=\"approvers\"", ""),
                broken("approval-guarded", DEPLOY, "event=\"complete\"", "event=\"delete\""),
                broken("approval-guarded", DEPLOY, "cancelActivity=\"false\"", ""),
                broken(
                        "approval-guarded",
                        DEPLOY,
                        "id=\"approvalExpired\"",
                        "cancelActivity=\"false\" id=\"approvalExpired\""),
                broken("forms-found", DEPLOY, "\"approve-plan\"", "\"approve\""),
                broken("forms-found", DEPLOY, "\"latest\"", "\"deployment\""));
    }

    @ParameterizedTest(name = "{0}: {2} → {3}")
    @MethodSource("breakages")
    void refusesWhatBreaksTheRule(String rule, Path diagram, String good, String bad)
            throws IOException {
        String xml = Files.readString(diagram);
        assertThat(xml).contains(good);

        assertThat(Lint.problems(diagram, xml.replace(good, bad)))
                .anyMatch(problem -> problem.contains("[" + rule + ":"));
    }

    @Test
    void everyRuleIsSeenToRefuseSomething() {
        assertThat(breakages().map(arguments -> (String) arguments.get()[0]))
                .containsAll(new TreeSet<>(Lint.RULES.stream().map(Rule::id).toList()));
    }

    private static Arguments broken(String rule, Path diagram, String good, String bad) {
        return Arguments.of(rule, diagram, good, bad);
    }

    private static String tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj("<bpmn:task id=\"another%d\"/>"::formatted)
                .collect(Collectors.joining());
    }
}
