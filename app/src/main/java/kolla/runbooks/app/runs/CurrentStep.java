package kolla.runbooks.app.runs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Where a run is now.
 *
 * @param step the BPMN activity's id
 * @param name what it is called in the diagram
 * @param service the service it works on, inside a called process
 * @param instance the process instance that it belongs to
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CurrentStep(String step, String name, Optional<String> service, String instance) {}
