package kolla.runbooks.app.api;

import static kolla.runbooks.app.security.Role.ADMIN;
import static kolla.runbooks.app.security.Role.APPROVER;
import static kolla.runbooks.app.security.Role.OPERATOR;
import static kolla.runbooks.app.security.Role.VIEWER;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kolla.runbooks.app.problem.FieldError;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.runs.RunStarter;
import kolla.runbooks.app.runs.RunState;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.app.runs.StartRequest;
import kolla.runbooks.app.runs.Started;
import kolla.runbooks.app.security.AllowedFor;
import kolla.runbooks.inventory.Clusters;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Starts runs and says where they stand. */
@RestController
@Tag(name = "Runs")
class RunsController {

    private static final int MOST = 500;

    private final RunStarter starter;
    private final RunStatuses statuses;
    private final Clusters clusters;

    RunsController(RunStarter starter, RunStatuses statuses, Clusters clusters) {
        this.clusters = clusters;
        this.starter = starter;
        this.statuses = statuses;
    }

    @PostMapping("/api/clusters/{cluster}/runs")
    @AllowedFor({OPERATOR, ADMIN})
    @Operation(summary = "Start a run; the same ticket again returns the first one")
    @ApiResponse(responseCode = "201", description = "The run was started")
    @ApiResponse(responseCode = "200", description = "The ticket had started this run before")
    ResponseEntity<RunView> start(@PathVariable String cluster, @RequestBody StartRunBody body) {
        if (!clusters.names().contains(cluster)) {
            throw ProblemException.notFound(
                    "There is no cluster \"" + cluster + "\"; there is " + clusters.names());
        }
        Started started =
                starter.start(
                        new StartRequest(
                                cluster,
                                body.runbook(),
                                body.parameters(),
                                body.ticket(),
                                body.reason()));
        RunView view = RunView.of(statuses.of(started.run()), base());
        return started.fresh()
                ? ResponseEntity.created(URI.create(view.links().self())).body(view)
                : ResponseEntity.ok().location(URI.create(view.links().self())).body(view);
    }

    @GetMapping("/api/runs")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "The runs, newest first")
    List<RunView> list(
            @RequestParam Optional<String> cluster,
            @RequestParam Optional<String> state,
            @RequestParam Optional<String> runbook,
            @Parameter(description = "1 to 500") @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid(
                    List.of(FieldError.of("limit", limit, "a whole number, 1 to " + MOST)));
        }
        String base = base();
        return statuses.list(cluster, state.map(RunsController::state), runbook, limit).stream()
                .map(s -> RunView.of(s, base))
                .toList();
    }

    @GetMapping("/api/runs/{id}")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "One run: its state, its current steps, its open incidents")
    RunView one(@PathVariable String id) {
        return RunView.of(statuses.of(statuses.find(id)), base());
    }

    private static RunState state(String name) {
        return Arrays.stream(RunState.values())
                .filter(s -> s.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.invalid(
                                        List.of(
                                                FieldError.of(
                                                        "state",
                                                        name,
                                                        "one of "
                                                                + Arrays.toString(
                                                                        RunState.values())))));
    }

    private static String base() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }
}
