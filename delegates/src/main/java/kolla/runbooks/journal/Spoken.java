package kolla.runbooks.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lengths of time as people say them. Pure. */
public final class Spoken {

    private Spoken() {}

    /**
     * At most two units, the larger first: {@code 8 hours}, {@code 1 hour 30 minutes}, {@code 5
     * seconds}; less than a second is {@code 0 seconds}.
     */
    public static String of(Duration length) {
        List<String> parts = new ArrayList<>();
        add(parts, length.toDays(), "day");
        add(parts, length.toHoursPart(), "hour");
        add(parts, length.toMinutesPart(), "minute");
        add(parts, length.toSecondsPart(), "second");
        return parts.isEmpty()
                ? "0 seconds"
                : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
    }

    /**
     * @param iso as a process variable holds it, for example {@code PT8H}
     */
    public static String of(String iso) {
        return of(Duration.parse(iso));
    }

    private static void add(List<String> parts, long number, String unit) {
        if (number > 0) {
            parts.add(number + " " + unit + (number == 1 ? "" : "s"));
        }
    }
}
