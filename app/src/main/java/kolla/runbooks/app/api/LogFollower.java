package kolla.runbooks.app.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import kolla.runbooks.app.runs.RunLog;
import kolla.runbooks.app.runs.RunState;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.Run;
import kolla.runbooks.journal.RunId;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Writes a run's log as it grows, until the run ends, the client goes away or an hour has passed; a
 * client then asks again with the last sequence number, as browsers do by themselves.
 */
final class LogFollower implements StreamingResponseBody {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final long LOOK_EVERY_MILLIS = 400;
    private static final int AT_A_TIME = 500;

    private final RunId run;
    private final RunLog log;
    private final RunLog.Filter filter;
    private final RunStatuses statuses;
    private final LogFormat format;
    private final ObjectMapper json;
    private final Clock clock = Clock.systemUTC();
    private long last;

    LogFollower(
            RunId run,
            long after,
            RunLog log,
            RunLog.Filter filter,
            RunStatuses statuses,
            LogFormat format,
            ObjectMapper json) {
        this.run = run;
        this.last = after;
        this.log = log;
        this.filter = filter;
        this.statuses = statuses;
        this.format = format;
        this.json = json;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Instant end = clock.instant().plus(LONGEST);
        Instant beat = clock.instant().plus(BEAT);
        out.flush();
        while (clock.instant().isBefore(end)) {
            // first the state, then the lines: what was written before the end is not missed
            Run now = statuses.find(run.value());
            RunLog.Page page = log.after(run, last, AT_A_TIME, filter);
            last = page.last();
            for (LogLine line : page.lines()) {
                send(out, format.write(line, json));
            }
            if (page.lines().isEmpty() && now.result().isPresent()) {
                send(out, format.end(RunState.of(now.result().get()).name()));
                out.flush();
                return;
            }
            if (page.lines().isEmpty() && clock.instant().isAfter(beat)) {
                send(out, format.beat());
            }
            if (!page.lines().isEmpty() || clock.instant().isAfter(beat)) {
                out.flush();
                beat = clock.instant().plus(BEAT);
            }
            if (page.lines().size() < AT_A_TIME && !pause()) {
                return;
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** False when the program stops. */
    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
