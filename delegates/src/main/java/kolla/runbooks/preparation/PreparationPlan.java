package kolla.runbooks.preparation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What has to be done so that a machine can be a host of the cluster. Equal plans have equal
 * canonical JSON and so equal digests.
 *
 * @param host that is prepared; the others only learn its name
 * @param changes in the order in which they are made
 * @param notes what nothing is done about, and a person should know
 */
public record PreparationPlan(
        String cluster, String host, List<Change> changes, List<String> notes) {

    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    public PreparationPlan {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    public boolean changesAnything() {
        return !changes.isEmpty();
    }

    /** What is done, a sentence each with the host's name, then the notes. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        changes.forEach(c -> sentences.add(c.host() + ": " + c.sentence()));
        notes.forEach(n -> sentences.add("note: " + n));
        return List.copyOf(sentences);
    }

    /** Whether everything in the other plan stands in this one: its rest, for example. */
    public boolean covers(PreparationPlan other) {
        return other.host.equals(host)
                && other.changes.stream()
                        .allMatch(o -> changes.stream().anyMatch(c -> c.covers(o)));
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
        return digest(json());
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** As the approver reads it. */
    public String text(String reason) {
        StringBuilder text = new StringBuilder();
        text.append("PREPARES ")
                .append(host)
                .append(" to be a host of cluster ")
                .append(cluster)
                .append(". Asked for because: ")
                .append(reason)
                .append("\n\n");
        if (!changesAnything()) {
            text.append("Nothing is to be done: it is prepared already.\n");
        }
        int number = 0;
        for (Change change : changes) {
            text.append(++number)
                    .append(". ")
                    .append(change.host())
                    .append(": ")
                    .append(change.sentence())
                    .append('\n');
        }
        if (!notes.isEmpty()) {
            text.append("\nNOTHING IS DONE ABOUT THIS\n");
            notes.forEach(n -> text.append("- ").append(n).append('\n'));
        }
        return text.append(
                        "\nNo engine is restarted or upgraded, on no host. On the other hosts"
                                + " nothing but /etc/hosts is touched.\n")
                .toString();
    }

    /**
     * @throws IllegalArgumentException when that is no plan of a preparation
     */
    public static PreparationPlan parse(String json) {
        try {
            return CANONICAL.readValue(json, PreparationPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not the plan of a preparation: " + e.getMessage(), e);
        }
    }
}
