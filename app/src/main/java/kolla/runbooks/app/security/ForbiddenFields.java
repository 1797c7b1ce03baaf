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
            Set.of("orqueries", "startinstructions", "instructions");
    private static final String SKIP_LISTENERS = "skipcustomlisteners";
    private static final JsonFactory JSON = new JsonFactory();

    private ForbiddenFields() {}

    /** Whether a field or parameter may not come in, whatever its value. */
    static boolean forbidden(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || lower.endsWith("expression");
    }

    /** The same, for a name whose value is text; listeners may be skipped by nobody. */
    static boolean forbidden(String name, String value) {
        return forbidden(name) || (skipsListeners(name) && !value.equalsIgnoreCase("false"));
    }

    private static boolean skipsListeners(String name) {
        return name.toLowerCase(Locale.ROOT).equals(SKIP_LISTENERS);
    }

    /**
     * The first forbidden field. Reads as Camunda's own parser does, escapes and encodings
     * included; what cannot be parsed holds nothing that Camunda could read either.
     */
    static Optional<String> first(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                String name = parser.currentName();
                if (forbidden(name)) {
                    return Optional.of(name);
                }
                if (skipsListeners(name) && skips(parser.nextToken())) {
                    return Optional.of(name);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean skips(JsonToken value) {
        return value != JsonToken.VALUE_FALSE && value != JsonToken.VALUE_NULL;
    }
}
