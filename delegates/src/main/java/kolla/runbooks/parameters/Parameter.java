package kolla.runbooks.parameters;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One typed input of a runbook, as its start form declares it.
 *
 * @param pattern a regular expression that has to be found in the value, as in JSON Schema
 * @param choices the only values allowed; empty where any is
 * @param otherwise what is taken when nothing is given
 */
public record Parameter(
        String name,
        String label,
        Optional<String> description,
        Type type,
        boolean required,
        Limits limits,
        Optional<String> pattern,
        List<Choice> choices,
        Optional<Object> otherwise) {

    /** What kind of value it takes. */
    public enum Type {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        STRINGS
    }

    /** A value that can be chosen, and what people read. */
    public record Choice(String value, String label) {}

    /** Bounds: of the length for text, of the value for numbers. */
    public record Limits(
            Optional<Integer> minLength,
            Optional<Integer> maxLength,
            Optional<BigDecimal> min,
            Optional<BigDecimal> max) {

        public static final Limits NONE =
                new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
