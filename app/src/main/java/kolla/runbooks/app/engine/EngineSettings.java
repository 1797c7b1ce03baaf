package kolla.runbooks.app.engine;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this program executes steps and watches its peers. All programs on one database should have
 * the same values.
 *
 * @param threads how many steps it executes at a time
 * @param beat how often it says that it lives
 * @param silence after how long without a beat a peer counts as dead
 * @param stopGrace how long a stop waits for running steps before it interrupts them
 */
@ConfigurationProperties("runbooks.engine")
public record EngineSettings(
        @DefaultValue("8") int threads,
        @DefaultValue("PT2S") Duration beat,
        @DefaultValue("PT15S") Duration silence,
        @DefaultValue("PT15S") Duration stopGrace) {

    public EngineSettings {
        check(threads >= 1 && threads <= 64, "threads", threads, "a number from 1 to 64");
        check(beat.toMillis() >= 100, "beat", beat, "PT0.1S or longer");
        check(
                silence.compareTo(beat.multipliedBy(4)) >= 0,
                "silence",
                silence,
                "four beats (" + beat.multipliedBy(4) + ") or longer");
        check(!stopGrace.isNegative(), "stop-grace", stopGrace, "PT0S or longer");
    }

    /** A program that could not say for this long that it lives must assume that it was buried. */
    Duration mayBeBuriedAfter() {
        return silence.minus(beat);
    }

    /** Each running step holds a connection; REST and the webapps need some too. */
    void checkPool(DataSource dataSource) {
        if (dataSource instanceof HikariDataSource pool) {
            int needed = threads + 10;
            if (pool.getMaximumPoolSize() < needed) {
                throw new IllegalArgumentException(
                        "spring.datasource.hikari.maximum-pool-size: "
                                + pool.getMaximumPoolSize()
                                + " should be "
                                + needed
                                + " or more, ten above runbooks.engine.threads");
            }
        }
    }

    private static void check(boolean right, String name, Object value, String what) {
        if (!right) {
            throw new IllegalArgumentException(
                    "runbooks.engine." + name + ": " + value + " should be " + what);
        }
    }
}
