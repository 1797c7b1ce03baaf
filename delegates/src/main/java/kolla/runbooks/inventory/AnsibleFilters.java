package kolla.runbooks.inventory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The filters that Ansible and Kolla add to Jinja, and those where Jinjava departs from Jinja. */
final class AnsibleFilters {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Pattern GROUP =
            Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\(?:(\\d)|g<(\\d)>)");

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
        all.put("extract", AnsibleFilters::extract);
        all.put("string", (v, a, n) -> text(v));
        all.put("lower", (v, a, n) -> text(v).toLowerCase(Locale.ROOT));
        all.put("upper", (v, a, n) -> text(v).toUpperCase(Locale.ROOT));
        all.put("join", AnsibleFilters::join);
        all.put("trim", (v, a, n) -> text(v).strip());
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

    private static String join(Object value, List<Object> arguments, Map<String, Object> named) {
        String between = arguments.isEmpty() ? text(named.get("d")) : text(arguments.get(0));
        Object attribute = arguments.size() > 1 ? arguments.get(1) : named.get("attribute");
        if (!(value instanceof Collection<?> items)) {
            throw new IllegalArgumentException("\"" + text(value) + "\" is no list");
        }
        return items.stream()
                .map(i -> text(attribute == null ? i : member(i, attribute)))
                .collect(Collectors.joining(between));
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

    private static Object extract(Object key, List<Object> arguments, Map<String, Object> named) {
        Object found = member(argument(arguments, 0), key);
        for (Object more : arguments.subList(1, arguments.size())) {
            List<Object> path = more instanceof List<?> keys ? List.copyOf(keys) : List.of(more);
            for (Object next : path) {
                found = member(found, next);
            }
        }
        return found;
    }

    private static Object member(Object container, Object key) {
        Object found = container instanceof Map<?, ?> map ? map.get(text(key)) : null;
        if (container instanceof List<?> list && key instanceof Number place) {
            found = place.intValue() < list.size() ? list.get(place.intValue()) : null;
        }
        if (found == null) {
            throw new IllegalArgumentException("there is no \"" + key + "\"");
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
        // Python writes a group as \1 or \g<1>, Java as $1; a doubled backslash is one in both.
        String java =
                GROUP.matcher(text(argument(arguments, 1)).replace("$", "\\$"))
                        .replaceAll(
                                g ->
                                        Matcher.quoteReplacement(
                                                g.group(1)
                                                        + "$"
                                                        + (g.group(2) + g.group(3))
                                                                .replace("null", "")));
        return Pattern.compile(text(argument(arguments, 0))).matcher(text(value)).replaceAll(java);
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
            return JSON.writer(new PythonSpacing()).writeValueAsString(Plain.of(value));
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
        return PythonText.of(value);
    }

    /** Python's {@code json.dumps} puts a space behind commas and colons. */
    private static final class PythonSpacing extends MinimalPrettyPrinter {
        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator g) throws IOException {
            g.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator g) throws IOException {
            g.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator g) throws IOException {
            g.writeRaw(", ");
        }
    }
}
