package kolla.runbooks.app.api;

import io.swagger.v3.oas.annotations.media.Schema;

/** What a person says who ends a run's waiting. */
public record WorkDoneBody(@Schema(description = "Kept with the run") String comment) {}
