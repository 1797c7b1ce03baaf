package kolla.runbooks.inventory;

import com.hubspot.jinjava.objects.SafeString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what Jinjava hands out into plain lists, maps, strings and numbers. */
final class Plain {

    private Plain() {}

    static Object of(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Undefined undefined) {
            undefined.used();
            return "";
        }
        if (value instanceof SafeString || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof Long number && number.intValue() == number) {
            return number.intValue();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((k, v) -> plain.put(String.valueOf(k), of(v)));
            return plain;
        }
        if (value instanceof Map.Entry<?, ?> pair) {
            return List.of(of(pair.getKey()), of(pair.getValue()));
        }
        if (value instanceof Iterable<?> items) {
            List<Object> plain = new ArrayList<>();
            items.forEach(v -> plain.add(of(v)));
            return plain;
        }
        return value;
    }
}
