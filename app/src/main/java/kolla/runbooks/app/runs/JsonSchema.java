package kolla.runbooks.app.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import kolla.runbooks.parameters.Parameter;
import kolla.runbooks.parameters.Parameter.Choice;

/** Says in JSON Schema (2020-12) what a runbook's parameters may be. */
public final class JsonSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonSchema() {}

    /** An object schema; names that are not in it are refused. */
    public static ObjectNode of(List<Parameter> parameters) {
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (Parameter parameter : parameters) {
            properties.set(parameter.name(), property(parameter));
            if (parameter.required() && parameter.otherwise().isEmpty()) {
                required.add(parameter.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode property(Parameter parameter) {
        ObjectNode node = NODES.objectNode();
        node.put("title", parameter.label());
        parameter.description().ifPresent(d -> node.put("description", d));
        ObjectNode value = node;
        switch (parameter.type()) {
            case STRING -> node.put("type", "string");
            case INTEGER -> node.put("type", "integer");
            case NUMBER -> node.put("type", "number");
            case BOOLEAN -> node.put("type", "boolean");
            case STRINGS -> {
                node.put("type", "array");
                value = node.putObject("items").put("type", "string");
            }
        }
        limits(parameter, value);
        parameter.otherwise().ifPresent(o -> node.putPOJO("default", o));
        return node;
    }

    private static void limits(Parameter parameter, ObjectNode value) {
        parameter.limits().minLength().ifPresent(m -> value.put("minLength", m));
        parameter.limits().maxLength().ifPresent(m -> value.put("maxLength", m));
        parameter.limits().min().ifPresent(m -> value.put("minimum", m));
        parameter.limits().max().ifPresent(m -> value.put("maximum", m));
        parameter.pattern().ifPresent(p -> value.put("pattern", p));
        if (!parameter.choices().isEmpty()) {
            ArrayNode choices = value.putArray("enum");
            for (Choice choice : parameter.choices()) {
                choices.add(choice.value());
            }
        }
    }
}
