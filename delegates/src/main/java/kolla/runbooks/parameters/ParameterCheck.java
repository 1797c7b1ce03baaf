package kolla.runbooks.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kolla.runbooks.parameters.Parameter.Choice;
import kolla.runbooks.parameters.Parameter.Limits;

/** Compares one value with what its parameter declares. Pure. */
public final class ParameterCheck {

    private ParameterCheck() {}

    /** What is wrong with {@code value}; empty when nothing is. */
    public static List<Wrong> check(String field, Parameter parameter, JsonNode value) {
        if (!Parameters.isGiven(value)) {
            Optional<String> seen =
                    value != null && value.isTextual() ? Optional.of("") : Optional.empty();
            return parameter.required() && parameter.otherwise().isEmpty()
                    ? List.of(new Wrong(field, seen, expected(parameter)))
                    : List.of();
        }
        return fits(parameter, value)
                ? List.of()
                : List.of(Wrong.of(field, shown(value), expected(parameter)));
    }

    private static boolean fits(Parameter parameter, JsonNode value) {
        return switch (parameter.type()) {
            case BOOLEAN -> value.isBoolean();
            case INTEGER -> value.isIntegralNumber() && inBounds(parameter.limits(), value);
            case NUMBER -> value.isNumber() && inBounds(parameter.limits(), value);
            case STRING -> value.isTextual() && textFits(parameter, value.textValue());
            case STRINGS -> value.isArray() && allChosen(parameter, value);
        };
    }

    private static boolean inBounds(Limits limits, JsonNode value) {
        BigDecimal number = value.decimalValue();
        return limits.min().map(m -> number.compareTo(m) >= 0).orElse(true)
                && limits.max().map(m -> number.compareTo(m) <= 0).orElse(true);
    }

    private static boolean textFits(Parameter parameter, String text) {
        Limits limits = parameter.limits();
        int length = text.codePointCount(0, text.length());
        return limits.minLength().map(m -> length >= m).orElse(true)
                && limits.maxLength().map(m -> length <= m).orElse(true)
                && parameter.pattern().map(p -> matches(p, text)).orElse(true)
                && chosen(parameter, text);
    }

    /** Java lets {@code $} match before a final line break; browsers do not, and neither do we. */
    private static boolean matches(String pattern, String text) {
        return !text.endsWith("\n") && Pattern.compile(pattern).matcher(text).find();
    }

    private static boolean allChosen(Parameter parameter, JsonNode values) {
        for (JsonNode value : values) {
            if (!value.isTextual() || !chosen(parameter, value.textValue())) {
                return false;
            }
        }
        return !(parameter.required() && values.isEmpty());
    }

    private static boolean chosen(Parameter parameter, String text) {
        return parameter.choices().isEmpty()
                || parameter.choices().stream().anyMatch(c -> c.value().equals(text));
    }

    static String shown(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** What would be right, in one sentence. */
    static String expected(Parameter parameter) {
        List<String> parts = new ArrayList<>();
        Limits limits = parameter.limits();
        parts.add(
                switch (parameter.type()) {
                    case BOOLEAN -> "true or false";
                    case INTEGER -> "a whole number";
                    case NUMBER -> "a number";
                    case STRING -> "text";
                    case STRINGS -> "a list of texts";
                });
        between("characters", limits.minLength(), limits.maxLength()).ifPresent(parts::add);
        between("", limits.min(), limits.max()).ifPresent(parts::add);
        parameter.pattern().ifPresent(p -> parts.add("matching " + p));
        if (!parameter.choices().isEmpty()) {
            parts.add(
                    "one of "
                            + String.join(
                                    ", ",
                                    parameter.choices().stream().map(Choice::value).toList()));
        }
        return String.join(", ", parts);
    }

    private static Optional<String> between(String unit, Optional<?> low, Optional<?> high) {
        String of = unit.isEmpty() ? "" : " " + unit;
        if (low.isPresent() && high.isPresent()) {
            return Optional.of(low.get() + " to " + high.get() + of);
        }
        return low.map(l -> "at least " + l + of).or(() -> high.map(h -> "at most " + h + of));
    }
}
