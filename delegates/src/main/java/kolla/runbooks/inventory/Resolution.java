package kolla.runbooks.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Evaluates the variables of a definition as far as the definition alone allows. A value that asks
 * for a host's own variables, or for a name that only the catalogue knows, stays open; a {@code
 * default(…)} does not hide that, because the catalogue may well define the name.
 *
 * <p>For one thread.
 */
final class Resolution implements Scope {

    /** What became of a variable. */
    sealed interface Outcome {}

    record Value(Object value) implements Outcome {}

    /**
     * @param perHost it asks for something that every host has of its own
     * @param later it asks for a name that the definition does not have
     */
    record Open(boolean perHost, boolean later) implements Outcome {}

    record Failed(ExpressionException why) implements Outcome {}

    /**
     * Notes what the evaluations in progress ask for; shared by all resolutions of a definition.
     */
    static final class Tracker {
        private final Deque<boolean[]> frames = new ArrayDeque<>();

        private void note(boolean perHost, boolean later) {
            if (!frames.isEmpty()) {
                frames.peek()[0] |= perHost;
                frames.peek()[1] |= later;
            }
        }
    }

    private final Expressions expressions;
    private final Tracker tracker;
    private final Map<String, Sited> raw;
    private final Map<String, Object> fixed;
    private final Set<String> perHost;
    private final Predicate<String> broughtLater;
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Deque<String> asked = new ArrayDeque<>();

    /**
     * @param raw the variables, not evaluated
     * @param fixed values that win over them
     * @param perHost the names that every host has of its own; empty when this is a host's
     * @param broughtLater whether a name that is not here may be known to the catalogue
     */
    Resolution(
            Expressions expressions,
            Tracker tracker,
            Map<String, Sited> raw,
            Map<String, Object> fixed,
            Set<String> perHost,
            Predicate<String> broughtLater) {
        this.expressions = expressions;
        this.tracker = tracker;
        this.raw = raw;
        this.fixed = fixed;
        this.perHost = perHost;
        this.broughtLater = broughtLater;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(fixed.keySet());
        names.addAll(raw.keySet());
        return names;
    }

    @Override
    public Optional<Object> find(String name) {
        if (fixed.containsKey(name)) {
            return Optional.of(fixed.get(name));
        }
        if (!raw.containsKey(name)) {
            boolean ofHosts = perHost.contains(name);
            tracker.note(ofHosts, !ofHosts && broughtLater.test(name));
            return ofHosts ? Optional.of("") : Optional.empty();
        }
        Outcome outcome = outcome(name);
        if (outcome instanceof Failed failed) {
            throw failed.why();
        }
        if (outcome instanceof Open open) {
            tracker.note(open.perHost(), open.later());
            return Optional.of("");
        }
        return Optional.of(((Value) outcome).value());
    }

    /** What becomes of a variable that is here. */
    Outcome outcome(String name) {
        Object value = raw.get(name).value();
        if (!Expression.isWithin(value)) {
            return new Value(value);
        }
        Outcome known = outcomes.get(name);
        if (known != null) {
            return known;
        }
        if (asked.contains(name)) {
            return new Failed(circle(name));
        }
        Outcome outcome = evaluate(name, value);
        outcomes.put(name, outcome);
        return outcome;
    }

    private Outcome evaluate(String name, Object value) {
        boolean[] frame = new boolean[2];
        tracker.frames.push(frame);
        asked.addLast(name);
        Outcome outcome;
        try {
            outcome = new Value(expressions.evaluate(value, this));
        } catch (ExpressionException e) {
            outcome = new Failed(e);
        } finally {
            asked.removeLast();
            tracker.frames.pop();
        }
        return frame[0] || frame[1] ? new Open(frame[0], frame[1]) : outcome;
    }

    private ExpressionException circle(String name) {
        List<String> path = new ArrayList<>(asked);
        return new ExpressionException(
                "it refers to itself: "
                        + String.join(" → ", path.subList(path.indexOf(name), path.size()))
                        + " → "
                        + name);
    }
}
