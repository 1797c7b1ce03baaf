package kolla.runbooks.app.api;

import static kolla.runbooks.app.security.Role.ADMIN;
import static kolla.runbooks.app.security.Role.APPROVER;
import static kolla.runbooks.app.security.Role.OPERATOR;
import static kolla.runbooks.app.security.Role.VIEWER;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.app.security.AllowedFor;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.probe.Figures;
import kolla.runbooks.probe.ProbePlot;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How clients of the cloud fared during a run. */
@RestController
@Tag(name = "Runs")
class ProbeController {

    private final RunStatuses statuses;
    private final Probes probes;

    ProbeController(RunStatuses statuses, Probes probes) {
        this.statuses = statuses;
        this.probes = probes;
    }

    @GetMapping(value = "/api/runs/{id}/probe", produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(
            summary = "What the probe of the run saw so far: requests, failures, gaps, latencies")
    ProbeView probe(@PathVariable String id) {
        return ProbeView.of(figures(id));
    }

    @GetMapping(value = "/api/runs/{id}/probe.svg", produces = "image/svg+xml")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "The same over time, as a picture")
    String plot(@PathVariable String id) {
        return ProbePlot.svg(probes, figures(id));
    }

    private Figures figures(String id) {
        return Figures.of(probes, statuses.find(id).id())
                .orElseThrow(() -> ProblemException.notFound("Run " + id + " has no probe"));
    }
}
