package kolla.runbooks.inventory;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A {@link ValueFilter} under its name, in Jinjava's form. */
record NamedFilter(String name, ValueFilter filter) implements Filter {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
        return filter.apply(value, List.of((Object[]) arguments), Map.of());
    }

    @Override
    public Object filter(
            Object value,
            JinjavaInterpreter interpreter,
            Object[] arguments,
            Map<String, Object> named) {
        return filter.apply(value, Arrays.asList(arguments), named);
    }
}
