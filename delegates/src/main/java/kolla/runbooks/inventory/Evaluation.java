package kolla.runbooks.inventory;

import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kolla.runbooks.inventory.ExpressionException.Fault;

/**
 * The context of one evaluation: takes names from a {@link Scope} and notes every use of something
 * that does not exist, where Jinjava by itself would give empty text.
 */
final class Evaluation extends Context {

    private static final Set<String> TAKES_UNDEFINED =
            Set.of("default", "d", "defined", "undefined");

    /** Words of Python that Jinjava takes for names; {@code None} has no value. */
    private static final Map<String, Optional<Boolean>> PYTHON_LITERALS =
            Map.of(
                    "none", Optional.empty(),
                    "None", Optional.empty(),
                    "True", Optional.of(true),
                    "False", Optional.of(false));

    /** Jinjava's own filters that do what Jinja's or Ansible's of the same name do. */
    private static final Set<String> AS_IN_JINJA =
            Set.of(
                    "abs",
                    "attr",
                    "capitalize",
                    "center",
                    "count",
                    "dictsort",
                    "difference",
                    "escape",
                    "e",
                    "first",
                    "float",
                    "format",
                    "from_json",
                    "from_yaml",
                    "groupby",
                    "indent",
                    "intersect",
                    "join",
                    "last",
                    "length",
                    "list",
                    "map",
                    "reject",
                    "rejectattr",
                    "replace",
                    "reverse",
                    "round",
                    "safe",
                    "select",
                    "selectattr",
                    "sort",
                    "split",
                    "sum",
                    "symmetric_difference",
                    "title",
                    "tojson",
                    "union",
                    "unique",
                    "urlencode",
                    "wordcount",
                    "wordwrap");

    private final Scope scope;
    private final Set<Fault> faults = new LinkedHashSet<>();

    Evaluation(Context global, JinjavaConfig config, Scope scope) {
        super(global, Map.of(), config.getDisabled());
        this.scope = scope;
        setDynamicVariableResolver(this::resolve);
    }

    // Jinjava keeps lists of what was resolved, in this context and all above it. Nobody reads
    // them,
    // and the one above is shared by all evaluations, so it must not change.

    @Override
    public void addResolvedExpression(String expression) {}

    @Override
    public void addResolvedValue(String value) {}

    @Override
    public void addResolvedFunction(String function) {}

    /** The evaluation that the interpreter works for, whatever loop or block it is in. */
    static Evaluation of(JinjavaInterpreter interpreter) {
        Context context = interpreter.getContext();
        while (!(context instanceof Evaluation)) {
            context = context.getParent();
        }
        return (Evaluation) context;
    }

    Set<Fault> faults() {
        return faults;
    }

    void fault(String what) {
        JinjavaInterpreter interpreter = JinjavaInterpreter.getCurrent();
        int line = interpreter == null ? 1 : Math.max(1, interpreter.getLineNumber());
        faults.add(new Fault(line, what));
    }

    /** An attribute that is missing; {@code described} says it in words. */
    Undefined missing(String described) {
        return new Undefined(described, n -> fault(n + " is not defined"));
    }

    private Undefined undefined(String name) {
        return new Undefined(
                "\"" + name + "\"",
                n ->
                        fault(
                                n
                                        + " is not defined"
                                        + Spelling.nearest(name, scope.names())
                                                .map(s -> "; did you mean \"" + s + "\"?")
                                                .orElse("")));
    }

    private Object resolve(String name) {
        Optional<Boolean> literal = PYTHON_LITERALS.get(name);
        if (literal != null) {
            return literal.orElse(null);
        }
        try {
            return scope.find(name).orElseGet(() -> undefined(name));
        } catch (ExpressionException e) {
            e.faults().forEach(f -> fault("\"" + name + "\" cannot be evaluated: " + f.what()));
            return "";
        }
    }

    @Override
    public Filter getFilter(String name) {
        Filter filter = super.getFilter(name);
        if (filter == null || !(filter instanceof NamedFilter || AS_IN_JINJA.contains(name))) {
            fault("the filter \"" + name + "\" is not known here");
            return new NamedFilter(name, (value, arguments, named) -> "");
        }
        return TAKES_UNDEFINED.contains(name) ? filter : new CheckedFilter(filter, this::fault);
    }

    @Override
    public ExpTest getExpTest(String name) {
        ExpTest test = super.getExpTest(name);
        if (test == null) {
            fault("the test \"is " + name + "\" is not known here");
            return super.getExpTest("defined");
        }
        return TAKES_UNDEFINED.contains(name) ? test : new CheckedTest(test, this::fault);
    }
}
