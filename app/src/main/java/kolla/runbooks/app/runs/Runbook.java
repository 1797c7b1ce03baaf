package kolla.runbooks.app.runs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.parameters.Parameter;

/**
 * An executable process that people may start.
 *
 * @param key the process's id, which REST calls the runbook
 * @param definition the engine's id of its newest version
 * @param inputs everything its start form asks for, the cluster, ticket and reason included
 */
public record Runbook(
        String key,
        String definition,
        int version,
        String title,
        Optional<String> description,
        String risk,
        String approval,
        List<Parameter> inputs) {

    /** What every run has, whatever its runbook; not part of {@code parameters} in REST. */
    public static final Set<String> COMMON = Set.of("cluster", "ticket", "reason");

    /** The runbook's own parameters. */
    public List<Parameter> parameters() {
        return inputs.stream().filter(p -> !COMMON.contains(p.name())).toList();
    }
}
