package kolla.runbooks.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import kolla.runbooks.journal.Evidence;

/**
 * Something that was seen.
 *
 * @param content JSON where it was JSON, otherwise text
 */
public record EvidenceView(
        String step,
        String host,
        String name,
        Instant at,
        @Schema(implementation = Object.class) JsonNode content) {

    static EvidenceView of(Evidence evidence, ObjectMapper json) {
        return new EvidenceView(
                evidence.step(),
                evidence.host(),
                evidence.name(),
                evidence.at(),
                JsonText.of(evidence.content(), json));
    }
}
