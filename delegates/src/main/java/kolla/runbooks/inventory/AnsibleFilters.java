package kolla.runbooks.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters that Ansible and Kolla add to Jinja, and those where Jinjava departs from Jinja. */
final class AnsibleFilters {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final Map<String, ValueFilter> ALL = all();

    private AnsibleFilters() {}

    private static Map<String, ValueFilter> all() {
        Map<String, ValueFilter> all = new TreeMap<>();
        all.put("bool", (v, a, n) -> Truth.strict(v == null ? "" : v));
        all.put("default", AnsibleFilters::defaultTo);
        all.put("d", AnsibleFilters::defaultTo);
        all.put("mandatory", (v, a, n) -> v);
        all.put("ternary", (v, a, n) -> Truth.of(v) ? argument(a, 0) : argument(a, 1));
        all.put("int", AnsibleFilters::integer);
        all.put("min", (v, a, n) -> extreme(v, -1));
        all.put("max", (v, a, n) -> extreme(v, 1));
        all.put("combine", AnsibleFilters::combine);
        all.put("extract", (v, a, n) -> extract(v, argument(a, 0)));
        all.put("dict2items", (v, a, n) -> items(map(v)));
        all.put("flatten", (v, a, n) -> flatten(v, new ArrayList<>()));
        all.put("basename", (v, a, n) -> text(v).substring(text(v).lastIndexOf('/') + 1));
        all.put(
                "dirname",
                (v, a, n) -> text(v).substring(0, Math.max(0, text(v).lastIndexOf('/'))));
        all.put(
                "b64encode",
                (v, a, n) ->
                        Base64.getEncoder()
                                .encodeToString(text(v).getBytes(StandardCharsets.UTF_8)));
        all.put(
                "b64decode",
                (v, a, n) ->
                        new String(Base64.getDecoder().decode(text(v)), StandardCharsets.UTF_8));
        all.put("to_json", (v, a, n) -> json(v));
        all.put("regex_replace", AnsibleFilters::regexReplace);
        all.put(
                "regex_search",
                (v, a, n) -> {
                    Matcher found = Pattern.compile(text(argument(a, 0))).matcher(text(v));
                    return found.find() ? found.group() : "";
                });
        all.put("put_address_in_context", AnsibleFilters::addressInContext);
        return all;
    }

    private static Object defaultTo(Object value, List<Object> arguments, Map<String, Object> n) {
        Object other = arguments.isEmpty() ? n.getOrDefault("default_value", "") : arguments.get(0);
        boolean emptyToo =
                Truth.of(arguments.size() > 1 ? arguments.get(1) : n.getOrDefault("boolean", ""));
        boolean missing = value == null || value instanceof Undefined;
        return missing || (emptyToo && isEmpty(value)) ? other : value;
    }

    private static boolean isEmpty(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() == 0;
        }
        if (value instanceof Collection<?> items) {
            return items.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty();
        }
        return value.equals("") || value.equals(false);
    }

    private static Object integer(Object value, List<Object> arguments, Map<String, Object> n) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        try {
            return Long.parseLong(text(value).strip());
        } catch (NumberFormatException e) {
            if (!arguments.isEmpty()) {
                return arguments.get(0);
            }
            throw new IllegalArgumentException("\"" + value + "\" is no whole number", e);
        }
    }

    private static Object extreme(Object value, int sign) {
        if (!(value instanceof Collection<?> items) || items.isEmpty()) {
            throw new IllegalArgumentException("\"" + value + "\" is no list with members");
        }
        boolean numbers = items.stream().allMatch(Number.class::isInstance);
        if (!numbers && !items.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException(items + " mixes numbers and texts");
        }
        Comparator<Object> order =
                numbers
                        ? Comparator.comparingDouble(v -> ((Number) v).doubleValue())
                        : Comparator.comparing(String::valueOf);
        return items.stream()
                .map(Object.class::cast)
                .max(sign > 0 ? order : order.reversed())
                .orElseThrow();
    }

    private static Object combine(Object value, List<Object> arguments, Map<String, Object> named) {
        boolean deep = Truth.of(named.getOrDefault("recursive", false));
        Map<String, Object> result = new LinkedHashMap<>(map(value));
        arguments.forEach(a -> over(result, map(a), deep));
        return result;
    }

    private static void over(Map<String, Object> result, Map<String, Object> winner, boolean deep) {
        winner.forEach(
                (k, v) -> {
                    if (deep && v instanceof Map<?, ?> && result.get(k) instanceof Map<?, ?> old) {
                        Map<String, Object> merged = new LinkedHashMap<>(map(old));
                        over(merged, map(v), true);
                        result.put(k, merged);
                    } else {
                        result.put(k, v);
                    }
                });
    }

    private static Object extract(Object key, Object container) {
        Object found = container instanceof Map<?, ?> map ? map.get(text(key)) : null;
        if (container instanceof List<?> list && key instanceof Number place) {
            found = place.intValue() < list.size() ? list.get(place.intValue()) : null;
        }
        if (found == null) {
            throw new IllegalArgumentException("extract: there is no \"" + key + "\"");
        }
        return found;
    }

    private static List<Object> items(Map<String, Object> map) {
        List<Object> items = new ArrayList<>();
        map.forEach((k, v) -> items.add(Map.of("key", k, "value", v)));
        return items;
    }

    private static List<Object> flatten(Object value, List<Object> into) {
        if (value instanceof Collection<?> items) {
            items.forEach(i -> flatten(i, into));
        } else {
            into.add(value);
        }
        return into;
    }

    private static String regexReplace(
            Object value, List<Object> arguments, Map<String, Object> n) {
        // Python writes a group as \1, Java as $1.
        String replacement =
                text(argument(arguments, 1)).replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
        return Pattern.compile(text(argument(arguments, 0)))
                .matcher(text(value))
                .replaceAll(replacement);
    }

    /**
     * Kolla's filter: an IPv6 address stands in brackets in a URL, and in memcached's way there.
     */
    private static String addressInContext(
            Object value, List<Object> arguments, Map<String, Object> n) {
        String address = text(value);
        String context = text(argument(arguments, 0));
        if (!address.contains(":")) {
            return address;
        }
        return switch (context) {
            case "url" -> "[" + address + "]";
            case "memcache" -> "inet6:[" + address + "]";
            default ->
                    throw new IllegalArgumentException(
                            "put_address_in_context: \"" + context + "\" is not url or memcache");
        };
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(Plain.of(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("to_json: " + e.getOriginalMessage(), e);
        }
    }

    private static Object argument(List<Object> arguments, int place) {
        if (place >= arguments.size()) {
            throw new IllegalArgumentException("the filter needs " + (place + 1) + " argument(s)");
        }
        return arguments.get(place);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("\"" + value + "\" is no mapping");
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
