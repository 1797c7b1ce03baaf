package kolla.runbooks.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import kolla.runbooks.app.runs.JsonSchema;
import kolla.runbooks.app.runs.Runbook;

/**
 * A runbook that can be started.
 *
 * @param risk low, medium or high
 * @param approval never, on-change or always
 * @param parameters JSON schema of the runbook's own parameters
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunbookView(
        String runbook,
        int version,
        String title,
        Optional<String> description,
        String risk,
        String approval,
        @Schema(type = "object", implementation = Object.class) JsonNode parameters) {

    static RunbookView of(Runbook runbook) {
        return new RunbookView(
                runbook.key(),
                runbook.version(),
                runbook.title(),
                runbook.description(),
                runbook.risk(),
                runbook.approval(),
                JsonSchema.of(runbook.parameters()));
    }
}
