package kolla.runbooks.app.api;

import io.swagger.v3.oas.annotations.media.Schema;

/** What an approver decides about a plan. */
public record DecisionBody(
        @Schema(
                        allowableValues = {"approve", "reject", "wait"},
                        description = "wait only where the run asks between two changes")
                String decision,
        @Schema(description = "The digest of the plan that you saw, from GET /api/runs/{id}/plan")
                String planDigest,
        @Schema(description = "Kept with the run; may be left out") String comment,
        @Schema(description = "Only where the plan asks which host: one of those that it offers")
                String chosenHost) {}
