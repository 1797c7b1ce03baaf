package kolla.runbooks.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * A run as it was asked for and how it ended.
 *
 * @param parameters canonical JSON
 * @param processInstance the engine's id of it
 */
public record Run(
        RunId id,
        String cluster,
        String runbook,
        String ticket,
        String reason,
        String parameters,
        String starter,
        Optional<String> processInstance,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Result> result) {

    /** How a run ended. */
    public enum Result {
        SUCCEEDED,
        /** An upgrade that went back to what is defined. */
        WENT_BACK,
        REJECTED,
        EXPIRED,
        CANCELLED,
        FAILED
    }
}
