package kolla.runbooks.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run will do, in the order of services and hosts. Equal plans have equal canonical JSON and
 * so equal digests; the digest is what an approver signs. Holds no secret.
 *
 * @param notes sentences about what happens besides files and containers
 */
public record Plan(String cluster, List<Change> changes, List<String> notes) {

    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    public Plan {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    /** Whether anything would be changed. */
    public boolean changesAnything() {
        return !changes.isEmpty() || !notes.isEmpty();
    }

    /** The same plan with more sentences behind its notes. */
    Plan with(List<String> sentences) {
        return new Plan(
                cluster, changes, Stream.concat(notes.stream(), sentences.stream()).toList());
    }

    /** Canonical JSON: keys sorted, no white space. */
    public String json() {
        try {
            return CANONICAL.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan is always writable as JSON", e);
        }
    }

    /** SHA-256 of {@link #json}, lower-case hex. */
    public String digest() {
        return ConfigFiles.sha256(json());
    }
}
