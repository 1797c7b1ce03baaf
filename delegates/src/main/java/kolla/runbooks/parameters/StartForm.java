package kolla.runbooks.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.parameters.Parameter.Choice;
import kolla.runbooks.parameters.Parameter.Limits;

/** Reads the inputs out of a Camunda form (form-js JSON). Groups are looked into. */
public final class StartForm {

    private StartForm() {}

    public static List<Parameter> inputs(JsonNode form) {
        List<Parameter> inputs = new ArrayList<>();
        collect(form.path("components"), inputs);
        return List.copyOf(inputs);
    }

    private static void collect(JsonNode components, List<Parameter> inputs) {
        for (JsonNode component : components) {
            if (component.hasNonNull("key")) {
                inputs.add(input(component));
            } else {
                collect(component.path("components"), inputs);
            }
        }
    }

    private static Parameter input(JsonNode component) {
        JsonNode rules = component.path("validate");
        String name = component.path("key").asText();
        return new Parameter(
                name,
                component.path("label").asText(name),
                text(component, "description"),
                type(component),
                rules.path("required").asBoolean(false),
                new Limits(
                        number(rules, "minLength").map(BigDecimal::intValue),
                        number(rules, "maxLength").map(BigDecimal::intValue),
                        number(rules, "min"),
                        number(rules, "max")),
                text(rules, "pattern"),
                choices(component),
                otherwise(component));
    }

    private static Parameter.Type type(JsonNode component) {
        return switch (component.path("type").asText()) {
            case "number" ->
                    component.path("decimalDigits").asInt(-1) == 0
                            ? Parameter.Type.INTEGER
                            : Parameter.Type.NUMBER;
            case "checkbox" -> Parameter.Type.BOOLEAN;
            case "checklist", "taglist" -> Parameter.Type.STRINGS;
            default -> Parameter.Type.STRING;
        };
    }

    private static List<Choice> choices(JsonNode component) {
        List<Choice> choices = new ArrayList<>();
        for (JsonNode choice : component.path("values")) {
            String value = choice.path("value").asText();
            choices.add(new Choice(value, choice.path("label").asText(value)));
        }
        return List.copyOf(choices);
    }

    private static Optional<Object> otherwise(JsonNode component) {
        JsonNode value = component.path("defaultValue");
        return switch (type(component)) {
            case BOOLEAN ->
                    value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
            case INTEGER, NUMBER ->
                    value.isNumber() ? Optional.of(value.numberValue()) : Optional.empty();
            case STRING -> value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
            case STRINGS -> Optional.empty();
        };
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(t -> !t.isBlank());
    }

    /** form-js writes numbers as numbers or as text. */
    private static Optional<BigDecimal> number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        return value.isTextual() && !value.textValue().isBlank()
                ? Optional.of(new BigDecimal(value.textValue().strip()))
                : Optional.empty();
    }
}
