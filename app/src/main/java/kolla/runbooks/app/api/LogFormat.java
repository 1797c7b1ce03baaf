package kolla.runbooks.app.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import kolla.runbooks.journal.LogLine;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The three ways in which a log line is written. */
enum LogFormat {
    /** For people at a terminal: {@code curl -N}. */
    TEXT("text/plain;charset=UTF-8"),
    /** One JSON object a line. */
    JSON_LINES(MediaType.APPLICATION_NDJSON_VALUE),
    /** Server-sent events, whose id is the sequence number. */
    EVENTS(MediaType.TEXT_EVENT_STREAM_VALUE);

    // what a host prints must not steer the terminal of who reads it
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private final String mediaType;

    LogFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** What the client likes best; text when it does not care. */
    static LogFormat preferred(String accept) {
        if (accept == null || accept.isBlank()) {
            return TEXT;
        }
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            MimeTypeUtils.sortBySpecificity(types);
            for (MediaType type : types) {
                if (type.isCompatibleWith(MediaType.TEXT_EVENT_STREAM) && type.isConcrete()) {
                    return EVENTS;
                }
                if (type.isConcrete() && type.getSubtype().endsWith("json")) {
                    return JSON_LINES;
                }
                if (type.includes(MediaType.TEXT_PLAIN)) {
                    return TEXT;
                }
            }
        } catch (InvalidMediaTypeException e) {
            return TEXT;
        }
        return TEXT;
    }

    /** What the log of a run says about one moment. */
    record Line(long sequence, Instant at, String level, String step, String host, String text) {

        static Line of(LogLine line) {
            return new Line(
                    line.sequence(),
                    line.at(),
                    line.level(),
                    line.step(),
                    line.host(),
                    line.text());
        }
    }

    String write(LogLine line, ObjectMapper json) {
        return switch (this) {
            case TEXT -> text(line);
            case JSON_LINES -> json(line, json) + "\n";
            case EVENTS ->
                    "id: " + line.sequence() + "\nevent: line\ndata: " + json(line, json) + "\n\n";
        };
    }

    /** The last words of a log that was followed. */
    String end(String state) {
        return switch (this) {
            case TEXT -> "-- " + state + "\n";
            case JSON_LINES -> "";
            case EVENTS -> "event: end\ndata: {\"state\":\"" + state + "\"}\n\n";
        };
    }

    /** Something to send while nothing happens, so that a dead connection is noticed. */
    String beat() {
        return switch (this) {
            case TEXT -> "";
            case JSON_LINES -> "\n";
            case EVENTS -> ": still here\n\n";
        };
    }

    private static String text(LogLine line) {
        return "%s %-5s %-8s %-24s %s%n"
                .formatted(
                        line.at().truncatedTo(ChronoUnit.SECONDS),
                        line.level(),
                        line.host(),
                        line.step(),
                        CONTROL.matcher(line.text()).replaceAll("?").replace("\n", "\n    "));
    }

    private static String json(LogLine line, ObjectMapper json) {
        try {
            return json.writeValueAsString(Line.of(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a log line cannot be written as JSON", e);
        }
    }
}
