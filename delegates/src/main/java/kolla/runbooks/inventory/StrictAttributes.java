package kolla.runbooks.inventory;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.PropertyNotFoundException;

/**
 * Makes a missing key of a map, place of a list or attribute {@link Undefined} instead of nothing.
 */
final class StrictAttributes extends CompositeELResolver {

    StrictAttributes() {
        add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        if (base instanceof Undefined undefined) {
            context.setPropertyResolved(true);
            return undefined.attribute(property);
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
