package kolla.runbooks.app.api;

import io.swagger.v3.oas.annotations.media.Schema;

/** Why a run is cancelled. */
public record CancelBody(@Schema(description = "Kept with the run") String reason) {}
