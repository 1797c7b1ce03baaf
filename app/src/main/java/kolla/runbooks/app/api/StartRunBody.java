package kolla.runbooks.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;

/** The body of a request to start a run. */
public record StartRunBody(
        @Schema(description = "The runbook's name, see GET /api/runbooks", example = "deploy")
                String runbook,
        @Schema(
                        description = "The runbook's own parameters, see its JSON schema",
                        type = "object",
                        implementation = Object.class)
                JsonNode parameters,
        @Schema(
                        description =
                                "The ticket that allows this; makes one run of a runbook only",
                        example = "OPS-1234")
                String ticket,
        @Schema(description = "One sentence for the approver: why this, why now") String reason) {}
