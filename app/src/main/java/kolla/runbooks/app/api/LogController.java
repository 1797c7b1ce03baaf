package kolla.runbooks.app.api;

import static kolla.runbooks.app.security.Role.ADMIN;
import static kolla.runbooks.app.security.Role.APPROVER;
import static kolla.runbooks.app.security.Role.OPERATOR;
import static kolla.runbooks.app.security.Role.VIEWER;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.app.problem.FieldError;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.runs.RunLog;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.app.security.AllowedFor;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.Run;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The log of a run, as it stands or as it grows. */
@RestController
@Tag(name = "Runs")
class LogController {

    private static final int MOST = 10_000;

    private final RunStatuses statuses;
    private final RunLog log;
    private final ObjectMapper json;

    LogController(RunStatuses statuses, RunLog log, ObjectMapper json) {
        this.statuses = statuses;
        this.log = log;
        this.json = json;
    }

    @GetMapping("/api/runs/{id}/log")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(
            summary = "The log, secrets masked; follows it live with follow=true or as events",
            description =
                    "Plain text, or one JSON object a line with Accept: application/x-ndjson, or"
                            + " server-sent events with Accept: text/event-stream.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "text/plain"),
                @Content(mediaType = "application/x-ndjson"),
                @Content(mediaType = "text/event-stream")
            })
    ResponseEntity<StreamingResponseBody> log(
            @PathVariable String id,
            @Parameter(description = "Only lines after this sequence number")
                    @RequestParam(defaultValue = "0")
                    long after,
            @Parameter(description = "1 to 10000; not when following")
                    @RequestParam(defaultValue = "1000")
                    int limit,
            @RequestParam Optional<String> step,
            @RequestParam Optional<String> host,
            @RequestParam(defaultValue = "false") boolean follow,
            @RequestHeader("Accept") Optional<String> accept,
            @Parameter(hidden = true) @RequestHeader("Last-Event-ID") Optional<String> lastEvent) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid(
                    List.of(FieldError.of("limit", limit, "a whole number, 1 to " + MOST)));
        }
        Run run = statuses.find(id);
        LogFormat format = LogFormat.preferred(accept.orElse(""));
        RunLog.Filter filter = new RunLog.Filter(step, host);
        long from = lastEvent.map(LogController::sequence).orElse(after);
        StreamingResponseBody body =
                follow || format == LogFormat.EVENTS
                        ? new LogFollower(run.id(), from, log, filter, statuses, format, json)
                        : whole(log.after(run.id(), from, limit, filter).lines(), format);
        return ResponseEntity.ok()
                .contentType(format.mediaType())
                .header("X-Accel-Buffering", "no")
                .body(body);
    }

    private StreamingResponseBody whole(List<LogLine> lines, LogFormat format) {
        return out -> {
            for (LogLine line : lines) {
                out.write(format.write(line, json).getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static long sequence(String lastEvent) {
        try {
            return Long.parseLong(lastEvent.strip());
        } catch (NumberFormatException e) {
            throw ProblemException.invalid(
                    List.of(FieldError.of("Last-Event-ID", lastEvent, "a sequence number")));
        }
    }
}
