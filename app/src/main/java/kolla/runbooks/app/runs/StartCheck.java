package kolla.runbooks.app.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kolla.runbooks.app.problem.FieldError;
import kolla.runbooks.parameters.Parameter;
import kolla.runbooks.parameters.Parameter.Limits;
import kolla.runbooks.parameters.ParameterCheck;
import kolla.runbooks.parameters.Parameters;
import kolla.runbooks.parameters.Wrong;

/**
 * Checks a request against the runbook's form. Pure. Forms are checked here too, not only in the
 * browser, because Camunda takes whatever a client sends.
 */
final class StartCheck {

    private static final int LONGEST_TICKET = 255;
    private static final int LONGEST_REASON = 1000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern CONTROL_BUT_LINES = Pattern.compile("[\\p{Cntrl}&&[^\\r\\n\\t]]");

    private StartCheck() {}

    /** Everything that is wrong, empty when the run may be started. */
    static List<FieldError> check(Runbook runbook, StartRequest request, List<String> clusters) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode parameters = object(request.parameters());
        if (parameters == null) {
            errors.add(FieldError.of("parameters", request.parameters(), "a JSON object"));
            parameters = JsonNodeFactory.instance.objectNode();
        }
        ObjectNode common = JsonNodeFactory.instance.objectNode();
        common.put("ticket", request.ticket());
        common.put("reason", request.reason());
        if (!clusters.contains(request.cluster())) {
            errors.add(
                    FieldError.of(
                            "cluster", request.cluster(), "one of " + String.join(", ", clusters)));
        }
        for (String name : List.of("ticket", "reason")) {
            errors.addAll(
                    fields(ParameterCheck.check(name, common(runbook, name), common.get(name))));
        }
        errors.addAll(printable("ticket", request.ticket(), CONTROL));
        errors.addAll(printable("reason", request.reason(), CONTROL_BUT_LINES));
        errors.addAll(fields(Parameters.wrongs(runbook.parameters(), parameters, "parameters.")));
        errors.sort(Comparator.comparing(FieldError::field));
        return List.copyOf(errors);
    }

    /** The process variables that the request comes to; only for one that was found right. */
    static Map<String, Object> variables(Runbook runbook, StartRequest request) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("cluster", request.cluster());
        variables.put("ticket", request.ticket());
        variables.put("reason", request.reason());
        JsonNode parameters = object(request.parameters());
        for (Parameter parameter : runbook.parameters()) {
            value(parameter, parameters.get(parameter.name()))
                    .ifPresent(v -> variables.put(parameter.name(), v));
        }
        return variables;
    }

    private static Optional<Object> value(Parameter parameter, JsonNode node) {
        if (node == null || node.isNull()) {
            return parameter.otherwise();
        }
        return Optional.of(
                switch (parameter.type()) {
                    case STRING -> node.textValue();
                    case BOOLEAN -> node.booleanValue();
                    case INTEGER -> node.canConvertToInt() ? node.intValue() : node.longValue();
                    case NUMBER -> node.doubleValue();
                    case STRINGS -> {
                        List<String> texts = new ArrayList<>();
                        node.forEach(n -> texts.add(n.textValue()));
                        yield texts;
                    }
                });
    }

    private static JsonNode object(JsonNode parameters) {
        if (parameters == null || parameters.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return parameters.isObject() ? parameters : null;
    }

    /** The form's own rule where it has one. */
    private static Parameter common(Runbook runbook, String name) {
        return runbook.inputs().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseGet(() -> plain(name));
    }

    private static Parameter plain(String name) {
        int longest = name.equals("reason") ? LONGEST_REASON : LONGEST_TICKET;
        return new Parameter(
                name,
                name,
                Optional.empty(),
                Parameter.Type.STRING,
                true,
                new Limits(
                        Optional.empty(), Optional.of(longest), Optional.empty(), Optional.empty()),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static List<FieldError> printable(String field, String value, Pattern forbidden) {
        return value != null && forbidden.matcher(value).find()
                ? List.of(FieldError.of(field, value, "text without control characters"))
                : List.of();
    }

    private static List<FieldError> fields(List<Wrong> wrongs) {
        return wrongs.stream()
                .map(w -> FieldError.of(w.field(), w.value().orElse(null), w.expected()))
                .toList();
    }

    /** The parameters as the run keeps them; only for a request that was found right. */
    static String canonical(Runbook runbook, StartRequest request) {
        return Parameters.canonical(runbook.parameters(), object(request.parameters()));
    }
}
