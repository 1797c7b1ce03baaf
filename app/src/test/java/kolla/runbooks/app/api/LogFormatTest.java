package kolla.runbooks.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFormatTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new JavaTimeModule());

    private static LogLine line(String text) {
        return new LogLine(
                new RunId("r"),
                7,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                "step",
                "ctl1",
                "INFO",
                text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                     | TEXT
                    */*                                    | TEXT
                    text/plain                             | TEXT
                    text/*                                 | TEXT
                    application/json                       | JSON_LINES
                    application/x-ndjson                   | JSON_LINES
                    application/json, text/plain, */*      | JSON_LINES
                    text/event-stream                      | EVENTS
                    nonsense                               | TEXT
                    """)
    void choosesWhatTheClientLikes(String accept, LogFormat format) {
        assertThat(LogFormat.preferred(accept)).isEqualTo(format);
    }

    @Test
    void takesTheSteeringOutOfWhatAHostPrinted() {
        assertThat(LogFormat.TEXT.write(line("a\u001b[2Jb\nc\r"), JSON))
                .isEqualTo(
                        """
                        2026-01-02T03:04:05Z INFO  ctl1     step                     a?[2Jb
                            c?
                        """);
    }

    @Test
    void anEventIsOneLineOfDataWhateverTheText() {
        assertThat(LogFormat.EVENTS.write(line("a\nb"), JSON))
                .startsWith("id: 7\nevent: line\ndata: {")
                .contains("a\\nb")
                .endsWith("}\n\n");
    }
}
