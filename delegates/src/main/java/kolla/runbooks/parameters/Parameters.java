package kolla.runbooks.parameters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The own parameters of a run: checked as a whole, and in the one form in which they are kept. */
public final class Parameters {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private Parameters() {}

    /**
     * Everything that is wrong with the given values; names that are not declared are.
     *
     * @param given a JSON object
     * @param prefix stands before each field's name, for example {@code parameters.}
     */
    public static List<Wrong> wrongs(List<Parameter> declared, JsonNode given, String prefix) {
        List<Wrong> wrongs = new ArrayList<>();
        for (Parameter parameter : declared) {
            wrongs.addAll(
                    ParameterCheck.check(
                            prefix + parameter.name(), parameter, given.get(parameter.name())));
        }
        List<String> names = declared.stream().map(Parameter::name).toList();
        for (Iterator<String> fields = given.fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            if (!names.contains(name)) {
                wrongs.add(
                        new Wrong(
                                prefix + name,
                                Optional.of(ParameterCheck.shown(given.get(name))),
                                names.isEmpty()
                                        ? "nothing: this runbook has no parameters"
                                        : "one of the parameters " + String.join(", ", names)));
            }
        }
        return List.copyOf(wrongs);
    }

    /**
     * Canonical JSON of values that were found right: keys sorted, no white space, what was not
     * given as its default, and left out where there is none.
     */
    public static String canonical(List<Parameter> declared, JsonNode given) {
        Map<String, Object> values = new TreeMap<>();
        for (Parameter parameter : declared) {
            JsonNode value = given.get(parameter.name());
            if (isGiven(value)) {
                values.put(parameter.name(), value);
            } else {
                parameter.otherwise().ifPresent(o -> values.put(parameter.name(), o));
            }
        }
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("parameters are always writable as JSON", e);
        }
    }

    /** A field that was left empty in a form counts as not given. */
    static boolean isGiven(JsonNode value) {
        return !(value == null
                || value.isNull()
                || value.isMissingNode()
                || (value.isTextual() && value.textValue().isBlank()));
    }

    /**
     * One value out of the canonical JSON, as text.
     *
     * @throws IllegalArgumentException when the text is no JSON
     */
    public static Optional<String> text(String canonical, String name) {
        try {
            return Optional.ofNullable(JSON.readTree(canonical).get(name)).map(JsonNode::asText);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("parameters: \"" + canonical + "\" is no JSON", e);
        }
    }
}
