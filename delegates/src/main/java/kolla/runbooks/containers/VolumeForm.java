package kolla.runbooks.containers;

import java.util.Arrays;
import java.util.List;

/** The {@code source:target[:options]} of a volume, in one spelling of those that mean the same. */
final class VolumeForm {

    private VolumeForm() {}

    /**
     * @throws IllegalArgumentException when there is no target; names the text
     */
    static String canonical(String volume) {
        List<String> parts = List.of(volume.split(":", 3));
        if (parts.size() < 2 || parts.get(0).isEmpty() || !parts.get(1).startsWith("/")) {
            throw new IllegalArgumentException(
                    "volume: \"" + volume + "\" is not of the form source:/target[:options]");
        }
        String options =
                parts.size() < 3
                        ? ""
                        : Arrays.stream(parts.get(2).split(","))
                                .filter(o -> !o.isEmpty() && !o.equals("rw"))
                                .sorted()
                                .reduce("", (a, b) -> a.isEmpty() ? b : a + "," + b);
        String paths = withoutSlash(parts.get(0)) + ":" + withoutSlash(parts.get(1));
        return options.isEmpty() ? paths : paths + ":" + options;
    }

    private static String withoutSlash(String path) {
        String text = path;
        while (text.length() > 1 && text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }
}
