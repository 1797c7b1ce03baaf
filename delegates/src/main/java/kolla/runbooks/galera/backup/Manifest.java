package kolla.runbooks.galera.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;

/** A {@link Backup} as JSON, and back. */
final class Manifest {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();

    private Manifest() {}

    static String json(Backup backup) {
        try {
            return JSON.writeValueAsString(backup) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is always writable as JSON", e);
        }
    }

    /** Empty for what is no manifest: it then proves nothing. */
    static Optional<Backup> parse(String json) {
        try {
            Backup backup = JSON.readValue(json, Backup.class);
            boolean whole =
                    backup != null
                            && backup.id() != null
                            && backup.sha256() != null
                            && backup.position() != null
                            && backup.verifiedAt() != null;
            return whole ? Optional.of(backup) : Optional.empty();
        } catch (JsonProcessingException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
