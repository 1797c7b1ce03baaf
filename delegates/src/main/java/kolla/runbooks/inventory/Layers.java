package kolla.runbooks.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Variables in layers, as Ansible has them: a later layer wins, and an {@link Expression} in any
 * layer is evaluated in the whole of them when its name is asked for, once. So a default of the
 * catalogue may refer to a global and a global to a default.
 *
 * <p>For one thread.
 */
public final class Layers implements Scope {

    private final Expressions expressions;
    private final Map<String, Object> winners = new LinkedHashMap<>();
    private final Map<String, Object> evaluated = new HashMap<>();
    private final Map<String, ExpressionException> failed = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    public Layers(Expressions expressions) {
        this.expressions = expressions;
    }

    /** Puts a layer on top. Its values may be or hold {@link Expression}s. */
    public Layers with(Map<String, ?> layer) {
        layer.forEach((name, value) -> winners.put(name, value == null ? "" : value));
        evaluated.clear();
        failed.clear();
        return this;
    }

    public Layers with(Variables layer) {
        return with(layer.values());
    }

    /** Puts one value on top. */
    public Layers with(String name, Object value) {
        return with(Map.of(name, value));
    }

    @Override
    public Set<String> names() {
        return winners.keySet();
    }

    @Override
    public Optional<Object> find(String name) {
        Object winner = winners.get(name);
        if (winner == null) {
            return Optional.empty();
        }
        if (!Expression.isWithin(winner)) {
            return Optional.of(winner);
        }
        if (failed.containsKey(name)) {
            throw failed.get(name);
        }
        if (!evaluated.containsKey(name)) {
            evaluated.put(name, evaluate(name, winner));
        }
        return Optional.of(evaluated.get(name));
    }

    private Object evaluate(String name, Object winner) {
        if (open.contains(name)) {
            List<String> circle = new ArrayList<>(open);
            throw new ExpressionException(
                    "it refers to itself: "
                            + String.join(
                                    " → ", circle.subList(circle.indexOf(name), circle.size()))
                            + " → "
                            + name);
        }
        open.addLast(name);
        try {
            return expressions.evaluate(winner, this);
        } catch (ExpressionException e) {
            failed.put(name, e);
            throw e;
        } finally {
            open.removeLast();
        }
    }

    /**
     * All variables, evaluated.
     *
     * @param gaps takes what cannot be evaluated, with its file and line
     */
    public Variables evaluateAll(List<Gap> gaps) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<Gap> found = new LinkedHashSet<>();
        winners.forEach(
                (name, value) -> {
                    try {
                        values.put(name, find(name).orElseThrow());
                    } catch (ExpressionException e) {
                        Expression.first(value)
                                .ifPresent(at -> found.addAll(e.gaps(at.file(), at.line(), name)));
                    }
                });
        gaps.addAll(found);
        return new Variables(values);
    }
}
