package kolla.runbooks.inventory;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.PyWrapper;
import com.hubspot.jinjava.objects.collections.PyList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.PropertyNotFoundException;

/**
 * Gives attributes and methods as Python has them, and for a missing key, place or attribute {@link
 * Undefined} instead of nothing.
 */
final class StrictAttributes extends CompositeELResolver {

    private static final Set<String> RETURNS_NOTHING =
            Set.of("append", "extend", "insert", "reverse");
    private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");

    StrictAttributes() {
        add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        if (base instanceof Undefined undefined) {
            context.setPropertyResolved(true);
            return undefined.attribute(property);
        }
        if (base instanceof CharSequence text && INDEX.matcher(property.toString()).matches()) {
            int at = Integer.parseInt(property.toString());
            at = at < 0 ? at + text.length() : at;
            if (at >= 0 && at < text.length()) {
                context.setPropertyResolved(true);
                return String.valueOf(text.charAt(at));
            }
        }
        Object value;
        try {
            value = super.getValue(context, base, property);
        } catch (PropertyNotFoundException e) {
            value = null;
        }
        if (value == null && base != null) {
            context.setPropertyResolved(true);
            return missing(base, property);
        }
        return value;
    }

    @Override
    public Object invoke(
            ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
        Evaluation evaluation = Evaluation.of(JinjavaInterpreter.getCurrent());
        context.setPropertyResolved(true);
        if (Undefined.check(base)) {
            return "";
        }
        try {
            if (base instanceof CharSequence text) {
                return PythonStrings.call(text.toString(), method.toString(), arguments);
            }
            if (base instanceof PyList && RETURNS_NOTHING.contains(method.toString())) {
                super.invoke(context, base, method, types, arguments);
                return null;
            }
            if (base instanceof PyWrapper || base instanceof ExpTest || base instanceof Filter) {
                return super.invoke(context, base, method, types, arguments);
            }
            evaluation.fault("the method \"" + method + "\" is not known here");
        } catch (IllegalArgumentException | ELException e) {
            evaluation.fault(JinjavaMessages.of(e));
        }
        return "";
    }

    private static Object missing(Object base, Object property) {
        String kind = "\" (of a single value)";
        if (base instanceof Map<?, ?> map) {
            kind = "\" (the keys there are " + map.keySet() + ")";
        } else if (base instanceof List<?> list) {
            kind = "\" (of a list of " + list.size() + ")";
        }
        return Evaluation.of(JinjavaInterpreter.getCurrent()).missing("\"" + property + kind);
    }
}
