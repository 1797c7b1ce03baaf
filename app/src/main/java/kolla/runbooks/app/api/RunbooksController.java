package kolla.runbooks.app.api;

import static kolla.runbooks.app.security.Role.ADMIN;
import static kolla.runbooks.app.security.Role.APPROVER;
import static kolla.runbooks.app.security.Role.OPERATOR;
import static kolla.runbooks.app.security.Role.VIEWER;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.runs.Runbooks;
import kolla.runbooks.app.security.AllowedFor;
import kolla.runbooks.inventory.Clusters;
import kolla.runbooks.journal.Leases;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What can be run, and where. */
@RestController
@Tag(name = "Runbooks and clusters")
class RunbooksController {

    private final Runbooks runbooks;
    private final Clusters clusters;
    private final Leases leases;

    RunbooksController(Runbooks runbooks, Clusters clusters, Leases leases) {
        this.runbooks = runbooks;
        this.clusters = clusters;
        this.leases = leases;
    }

    @GetMapping("/api/runbooks")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "The runbooks with their parameters' schemas")
    List<RunbookView> all() {
        return runbooks.all().stream().map(RunbookView::of).toList();
    }

    @GetMapping("/api/runbooks/{runbook}")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "One runbook")
    RunbookView one(@PathVariable String runbook) {
        return runbooks.find(runbook)
                .map(RunbookView::of)
                .orElseThrow(
                        () -> ProblemException.notFound("There is no runbook \"" + runbook + "\""));
    }

    @GetMapping("/api/clusters")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "The clusters, and which run may change each of them now")
    List<ClusterView> clusters() {
        return clusters.names().stream().map(this::view).toList();
    }

    private ClusterView view(String name) {
        Optional<ClusterView.Holder> holder = leases.holder(name).map(ClusterView.Holder::of);
        return new ClusterView(name, holder);
    }
}
