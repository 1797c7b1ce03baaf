package kolla.runbooks.processes.lint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;

/** All rules, and the diagrams that they are for. */
final class Lint {

    static final List<Rule> RULES =
            Stream.of(
                            DrawingRules.ALL,
                            WordRules.ALL,
                            ExecutionRules.ALL,
                            BeanRules.ALL,
                            RunbookRules.ALL)
                    .flatMap(List::stream)
                    .toList();

    private Lint() {}

    /** Every diagram of this module: one folder each, next to {@code src}. */
    static List<Path> diagrams() {
        try (Stream<Path> files = Files.walk(Path.of(""), 2)) {
            return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a diagram, a line a problem. */
    static List<String> problems(Path file, String xml) {
        Diagram diagram =
                new Diagram(
                        file,
                        Bpmn.readModelFromStream(
                                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        return RULES.stream().flatMap(rule -> rule.check(diagram)).toList();
    }
}
