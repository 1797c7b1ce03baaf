package kolla.runbooks.keystone;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What a rotation of fernet keys will do. Equal plans have equal canonical JSON and so equal
 * digests. Keys stand in it by their digests only.
 *
 * @param hosts that have the keys, in the order in which they get them
 * @param sentences what will happen and what follows from it
 */
public record RotationPlan(
        String cluster, List<String> hosts, RotationGoal goal, List<String> sentences) {

    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    public RotationPlan {
        hosts = List.copyOf(hosts);
        sentences = List.copyOf(sentences);
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
    @JsonIgnore
    public String digest() {
        return LiveKeys.digest(json());
    }

    /** As the approver reads it. */
    public String text(String reason) {
        StringBuilder text = new StringBuilder();
        text.append("ROTATES Keystone's fernet keys on ")
                .append(String.join(", ", hosts))
                .append(". Asked for because: ")
                .append(reason)
                .append("\n\n");
        int number = 0;
        for (String sentence : sentences) {
            text.append(++number).append(". ").append(sentence).append('\n');
        }
        return text.append(
                        "\nNo container is restarted. After each pass over the hosts, tokens of"
                                + " before and after it are shown to every host's own Keystone.\n")
                .toString();
    }

    /**
     * @throws IllegalArgumentException when that is no plan of a rotation
     */
    public static RotationPlan parse(String json) {
        try {
            return CANONICAL.readValue(json, RotationPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the plan of a rotation: " + e.getMessage(), e);
        }
    }
}
