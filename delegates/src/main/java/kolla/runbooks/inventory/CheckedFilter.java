package kolla.runbooks.inventory;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A filter that notes undefined values given to it, and its own complaints. Jinjava would swallow
 * an {@code IllegalArgumentException} and go on with nothing.
 */
record CheckedFilter(Filter filter, Consumer<String> faults) implements Filter {

    @Override
    public String getName() {
        return filter.getName();
    }

    @Override
    public boolean preserveSafeString() {
        return filter.preserveSafeString();
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
        return checked(value, () -> filter.filter(value, interpreter, arguments));
    }

    @Override
    public Object filter(
            Object value,
            JinjavaInterpreter interpreter,
            Object[] arguments,
            Map<String, Object> named) {
        Arrays.stream(arguments).forEach(Undefined::check);
        named.values().forEach(Undefined::check);
        return checked(value, () -> filter.filter(value, interpreter, arguments, named));
    }

    private Object checked(Object value, Supplier<Object> work) {
        if (Undefined.check(value)) {
            return "";
        }
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            faults.accept(getName() + ": " + e.getMessage());
            return "";
        }
    }
}
