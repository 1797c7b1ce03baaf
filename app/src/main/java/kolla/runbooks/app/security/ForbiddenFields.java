package kolla.runbooks.app.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Looks through a JSON body for field names that Camunda must not see, at any depth. */
final class ForbiddenFields {

    private static final Set<String> NAMES =
            Set.of("orqueries", "startinstructions", "skipcustomlisteners", "instructions");
    private static final JsonFactory JSON = new JsonFactory();

    private ForbiddenFields() {}

    static boolean forbidden(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || lower.endsWith("expression");
    }

    /**
     * The first forbidden field. Reads as Camunda's own parser does, escapes and encodings
     * included; what cannot be parsed holds nothing that Camunda could read either.
     */
    static Optional<String> first(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && forbidden(parser.currentName())) {
                    return Optional.of(parser.currentName());
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
