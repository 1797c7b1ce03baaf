package kolla.runbooks.galera.backup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a restore will do and, once approved, does. Equal plans have equal canonical JSON and so
 * equal digests.
 *
 * @param backup that is restored
 * @param sha256 of its archive, looked at when the plan was made
 * @param base the full one that it needs, with its digest after a colon
 * @param position that the data will be at
 * @param takenAt the moment whose data they are
 * @param first host that gets the data and that the cluster begins on
 * @param joiners that come after it, one at a time, in this order
 * @param members hosts that are in a primary component when the plan is made: what they hold beyond
 *     the position is what will be missing
 */
public record RestorePlan(
        String backup,
        String sha256,
        Optional<String> base,
        String position,
        String takenAt,
        String first,
        List<String> joiners,
        List<String> members) {

    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .build();

    public RestorePlan {
        joiners = List.copyOf(joiners);
        members = List.copyOf(members);
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
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(json().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * @throws IllegalArgumentException when that is no plan of a restore
     */
    public static RestorePlan parse(String json) {
        try {
            return CANONICAL.readValue(json, RestorePlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the plan of a restore: " + e.getMessage(), e);
        }
    }
}
