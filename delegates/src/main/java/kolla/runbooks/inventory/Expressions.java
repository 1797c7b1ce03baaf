package kolla.runbooks.inventory;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.tree.ExpressionNode;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jinjava.javax.el.ExpressionFactory;
import kolla.runbooks.inventory.ExpressionException.Fault;

/**
 * Evaluates Jinja as Ansible does, with nothing guessed: an unknown name, filter, test or function
 * is a fault, and so is any use of an undefined value except {@code is defined} and {@code
 * default}. Values of clock or chance ({@code now}, {@code random}) are refused, because a plan's
 * digest must not change by itself.
 *
 * <p>A text that is exactly one {@code {{ … }}} keeps the type of its value (Ansible does the
 * same); any other becomes text. {@code None} becomes the empty string. Texts are rendered with
 * Ansible's {@code trim_blocks}: the line end after a block tag is dropped.
 *
 * <p>Safe for use by many threads.
 */
public final class Expressions {

    private static final JinjavaConfig CONFIG =
            JinjavaConfig.newBuilder()
                    .withTrimBlocks(true)
                    .withNestedInterpretationEnabled(false)
                    .withElResolver(new StrictAttributes())
                    .withMaxRenderDepth(50)
                    .withEnableFilterChainOptimization(true)
                    .withDisabled(Map.of(Library.FUNCTION, Set.of(":today", ":unixtimestamp")))
                    .withLegacyOverrides(
                            LegacyOverrides.newBuilder()
                                    .withIterateOverMapKeys(true)
                                    .withEvaluateMapKeys(true)
                                    .withUseNaturalOperatorPrecedence(true)
                                    .withKeepNullableLoopValues(true)
                                    .withParseWhitespaceControlStrictly(true)
                                    .build())
                    .build();

    private static final Pattern LITERAL = Pattern.compile("\\A(?:[{\\[]|True\\z|False\\z)");
    private static final Pattern STAYS_TEXT =
            Pattern.compile("\\|\\s*(?:string|to_json|tojson)\\s*-?}}\\s*\\z");
    private static final Pattern BLOCK = Pattern.compile("(?s)\\{\\{.*?}}|\\{%.*?%}");

    private final Jinjava jinjava = new PythonJinjava(CONFIG);

    public Expressions() {
        this(Map.of());
    }

    /**
     * @param filters more filters by name; they win over those of Jinja and Ansible
     */
    public Expressions(Map<String, ValueFilter> filters) {
        AnsibleFilters.ALL.forEach(this::register);
        filters.forEach(this::register);
        jinjava.registerTag(new StrictForTag());
        AnsibleTests.ALL.forEach(jinjava.getGlobalContext()::registerExpTest);
    }

    private void register(String name, ValueFilter filter) {
        jinjava.getGlobalContext().registerFilter(new NamedFilter(name, filter));
    }

    /**
     * The value with all its {@link Expression}s evaluated, in lists and maps also; everything else
     * stays as it is.
     *
     * @throws ExpressionException with all faults of the value
     */
    public Object evaluate(Object value, Scope scope) {
        if (value instanceof Expression expression) {
            return evaluate(expression.text(), scope);
        }
        List<Fault> faults = new ArrayList<>();
        Object result = value;
        if (value instanceof List<?> list) {
            List<Object> evaluated = new ArrayList<>();
            list.forEach(v -> collect(faults, () -> evaluated.add(evaluate(v, scope))));
            result = evaluated;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> evaluated = new LinkedHashMap<>();
            map.forEach(
                    (k, v) ->
                            collect(
                                    faults,
                                    () -> evaluated.put(String.valueOf(k), evaluate(v, scope))));
            result = evaluated;
        }
        if (!faults.isEmpty()) {
            throw new ExpressionException(faults);
        }
        return result;
    }

    private static void collect(List<Fault> faults, Runnable evaluation) {
        try {
            evaluation.run();
        } catch (ExpressionException e) {
            faults.addAll(e.faults());
        }
    }

    /**
     * Evaluates a text. {@code "{{ port }}"} has the type of the variable, {@code "a{{ port }}"} is
     * text.
     *
     * @throws ExpressionException with all faults of the text
     */
    public Object evaluate(String text, Scope scope) {
        // Ansible: in a variable (not in a file) a backslash within an expression means itself.
        String literal =
                BLOCK.matcher(text)
                        .replaceAll(b -> Matcher.quoteReplacement(b.group().replace("\\", "\\\\")));
        Object value = in(scope, interpreter -> value(literal, interpreter));
        // Ansible: a text that looks like a list, a mapping or a truth of Python becomes one,
        // unless a filter was there to make it a text.
        return value instanceof String s
                        && LITERAL.matcher(s).find()
                        && !STAYS_TEXT.matcher(text).find()
                ? PythonLiteral.parse(s)
                : value;
    }

    private static Object value(String text, JinjavaInterpreter interpreter) {
        List<Node> nodes = interpreter.parse(text).getChildren();
        if (nodes.size() == 1
                && nodes.get(0) instanceof ExpressionNode only
                && only.getMaster() instanceof ExpressionToken token) {
            return interpreter.resolveELExpression(token.getExpr(), only.getLineNumber());
        }
        return interpreter.render(text);
    }

    /**
     * Renders a template to text.
     *
     * @throws ExpressionException with all faults of the template
     */
    public String render(String template, Scope scope) {
        return in(scope, interpreter -> interpreter.render(template)).toString();
    }

    /**
     * Evaluates a bare condition, as in Ansible's {@code when}: {@code enable_x | bool and y ==
     * 'z'}.
     *
     * @throws ExpressionException with all faults of the condition
     */
    public boolean holds(String condition, Scope scope) {
        Object value = in(scope, interpreter -> interpreter.resolveELExpression(condition, 1));
        try {
            return Truth.of(value);
        } catch (IllegalArgumentException e) {
            throw new ExpressionException(
                    "\"" + condition + "\" gives " + e.getMessage() + "; a condition is needed");
        }
    }

    private Object in(Scope scope, Function<JinjavaInterpreter, Object> work) {
        Evaluation evaluation = new Evaluation(jinjava.getGlobalContext(), CONFIG, scope);
        JinjavaInterpreter interpreter = new PythonInterpreter(jinjava, evaluation, CONFIG);
        Object value = null;
        try (var current = JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
            value = Plain.of(work.apply(current.value()));
        } catch (RuntimeException e) {
            evaluation.fault(JinjavaMessages.of(e));
        }
        List<Fault> faults = new ArrayList<>(evaluation.faults());
        for (TemplateError error : interpreter.getErrors()) {
            faults.add(new Fault(Math.max(1, error.getLineno()), JinjavaMessages.of(error)));
        }
        if (!faults.isEmpty()) {
            throw new ExpressionException(faults.stream().distinct().toList());
        }
        return value;
    }

    private static final class PythonJinjava extends Jinjava {
        private final ExpressionFactory expressions = PythonGrammar.factory();

        PythonJinjava(JinjavaConfig config) {
            super(config);
        }

        @Override
        public ExpressionFactory getExpressionFactory() {
            return expressions;
        }
    }

    private static final class PythonInterpreter extends JinjavaInterpreter {
        PythonInterpreter(Jinjava jinjava, Evaluation evaluation, JinjavaConfig config) {
            super(jinjava, evaluation, config);
        }

        @Override
        public String getAsString(Object value) {
            return PythonText.of(value);
        }
    }
}
