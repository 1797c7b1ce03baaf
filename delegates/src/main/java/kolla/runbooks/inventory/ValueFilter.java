package kolla.runbooks.inventory;

import java.util.List;
import java.util.Map;

/** A filter of expressions, as in {@code value | name(arguments, named=…)}. */
@FunctionalInterface
public interface ValueFilter {

    /**
     * @throws IllegalArgumentException when it does not apply to the value; says why
     */
    Object apply(Object value, List<Object> arguments, Map<String, Object> named);
}
