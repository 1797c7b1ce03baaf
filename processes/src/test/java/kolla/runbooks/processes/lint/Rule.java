package kolla.runbooks.processes.lint;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One rule for diagrams.
 *
 * @param why what goes wrong where it is broken; shown with every problem
 * @param problems one sentence for each place that breaks it
 */
record Rule(String id, String why, Function<Diagram, Stream<String>> problems) {

    Stream<String> check(Diagram diagram) {
        return problems.apply(diagram)
                .map(
                        problem ->
                                "%s: %s [%s: %s]"
                                        .formatted(diagram.file().getFileName(), problem, id, why));
    }
}
