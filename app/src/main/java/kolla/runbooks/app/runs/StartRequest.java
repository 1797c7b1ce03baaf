package kolla.runbooks.app.runs;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Somebody asks for a run; nothing of it is checked yet, so any part may be missing.
 *
 * @param parameters a JSON object with the runbook's own parameters, or nothing
 */
public record StartRequest(
        String cluster, String runbook, JsonNode parameters, String ticket, String reason) {}
