package kolla.runbooks.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them. */
final class Words {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    static String time(Instant at) {
        return TIME.format(at);
    }

    static String seconds(Duration length) {
        return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
    }

    static String percent(double percent) {
        String digits = percent > 0 && percent < 0.095 ? "%.2f %%" : "%.1f %%";
        return String.format(Locale.ROOT, percent >= 10 ? "%.0f %%" : digits, percent);
    }
}
