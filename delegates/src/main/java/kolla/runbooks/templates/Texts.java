package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kolla.runbooks.catalog.Text;
import kolla.runbooks.inventory.Expression;
import kolla.runbooks.inventory.ExpressionException;
import kolla.runbooks.inventory.Expressions;
import kolla.runbooks.inventory.Gap;
import kolla.runbooks.inventory.Scope;

/**
 * Evaluates the texts of service definitions for one host. What cannot be evaluated becomes a gap
 * and a neutral value, so that one rendering finds all gaps.
 */
record Texts(Expressions expressions, Scope scope, String host, Gaps gaps) {

    Texts with(String name, Object value) {
        return new Texts(expressions, ClusterScopes.with(scope, name, value), host, gaps);
    }

    Object value(Text text) {
        if (!Expression.isIn(text.value())) {
            return text.value();
        }
        try {
            return expressions.evaluate(text.value(), scope);
        } catch (ExpressionException e) {
            e.gaps(text.file(), text.line(), text.field()).forEach(g -> gaps.add(host, g));
            return "";
        }
    }

    String string(Text text) {
        return String.valueOf(value(text)).strip();
    }

    String string(Optional<Text> text, String otherwise) {
        return text.map(this::string).orElse(otherwise);
    }

    /** The texts that are not empty. */
    List<String> strings(List<Text> texts) {
        return texts.stream().map(this::string).filter(s -> !s.isEmpty()).toList();
    }

    SortedMap<String, String> strings(Map<String, Text> texts) {
        SortedMap<String, String> strings = new TreeMap<>();
        texts.forEach((k, v) -> strings.put(k, string(v)));
        return strings;
    }

    int number(Text text, int otherwise) {
        Object value = value(text);
        try {
            return Integer.parseInt(String.valueOf(value).strip());
        } catch (NumberFormatException e) {
            gap(text, "\"" + value + "\" is no whole number");
            return otherwise;
        }
    }

    List<Integer> numbers(List<Text> texts) {
        List<Integer> numbers = new ArrayList<>();
        texts.forEach(t -> numbers.add(number(t, 0)));
        return numbers;
    }

    boolean truth(Text text) {
        Object value = value(text);
        return switch (String.valueOf(value).strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "1" -> true;
            case "no", "false", "off", "0", "" -> false;
            default -> {
                gap(text, "\"" + value + "\" is neither yes nor no");
                yield false;
            }
        };
    }

    boolean truth(Optional<Text> text, boolean otherwise) {
        return text.map(this::truth).orElse(otherwise);
    }

    /** A variable that the catalogue itself uses, not a template. */
    String variable(String name, Text where) {
        return string(new Text("{{ " + name + " }}", where.field(), where.file(), where.line()));
    }

    void gap(Text text, String what) {
        gaps.add(host, new Gap(text.file(), text.line(), text.field() + ": " + what));
    }
}
