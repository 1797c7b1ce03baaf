package kolla.runbooks.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import kolla.runbooks.journal.PlanRecord;

/**
 * A plan as it was shown.
 *
 * @param digest what an approver signs
 * @param text for people
 * @param plan the canonical form, whose SHA-256 the digest is
 */
public record PlanView(
        String run,
        int version,
        String digest,
        Instant createdAt,
        String text,
        @Schema(type = "object", implementation = Object.class) JsonNode plan) {

    static PlanView of(PlanRecord plan, ObjectMapper json) {
        return new PlanView(
                plan.run().value(),
                plan.version(),
                plan.digest(),
                plan.createdAt(),
                plan.text(),
                JsonText.of(plan.json(), json));
    }
}
