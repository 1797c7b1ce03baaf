package kolla.runbooks.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges files of {@code key = value} lines: a key of the later file takes the place of the same
 * key of the earlier one; new keys follow at the end. Comments of the first file stay.
 */
final class PropertiesMerge {

    private PropertiesMerge() {}

    static String merge(List<String> contents) {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int file = 0; file < contents.size(); file++) {
            for (String line : contents.get(file).lines().toList()) {
                String key = key(line);
                if (key.isEmpty()) {
                    if (file == 0) {
                        lines.add(line);
                    }
                } else if (places.containsKey(key)) {
                    lines.set(places.get(key), line);
                } else {
                    places.put(key, lines.size());
                    lines.add(line);
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String key(String line) {
        String text = line.strip();
        int equals = text.indexOf('=');
        return text.startsWith("#") || equals < 0 ? "" : text.substring(0, equals).strip();
    }
}
