package kolla.runbooks.app.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

/** Text that may be JSON, to be shown as what it is. */
final class JsonText {

    private JsonText() {}

    /** The JSON object or array in {@code text}; otherwise the text itself as a JSON string. */
    static JsonNode of(String text, ObjectMapper json) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                return json.readTree(text);
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(text);
            }
        }
        return TextNode.valueOf(text);
    }
}
