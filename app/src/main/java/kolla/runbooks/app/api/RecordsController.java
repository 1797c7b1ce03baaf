package kolla.runbooks.app.api;

import static kolla.runbooks.app.security.Role.ADMIN;
import static kolla.runbooks.app.security.Role.APPROVER;
import static kolla.runbooks.app.security.Role.OPERATOR;
import static kolla.runbooks.app.security.Role.VIEWER;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.app.problem.ProblemException;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.app.security.AllowedFor;
import kolla.runbooks.journal.Journals;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.Plans;
import kolla.runbooks.journal.Run;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was written down about a run: plans, decisions, actions, evidence. */
@RestController
@Tag(name = "Runs")
class RecordsController {

    private final RunStatuses statuses;
    private final Plans plans;
    private final Journals journals;
    private final ObjectMapper json;

    RecordsController(RunStatuses statuses, Plans plans, Journals journals, ObjectMapper json) {
        this.statuses = statuses;
        this.plans = plans;
        this.journals = journals;
        this.json = json;
    }

    @GetMapping(value = "/api/runs/{id}/plan", produces = MediaType.APPLICATION_JSON_VALUE)
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "The newest plan, or an older version, with its digest and its text")
    PlanView plan(
            @PathVariable String id,
            @Parameter(description = "From 1; the newest when left out") @RequestParam
                    Optional<Integer> version) {
        return PlanView.of(record(id, version), json);
    }

    @GetMapping(value = "/api/runs/{id}/plan", produces = "text/plain;charset=UTF-8")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "The same as text")
    String planText(@PathVariable String id, @RequestParam Optional<Integer> version) {
        PlanRecord plan = record(id, version);
        return plan.text() + "\n\ndigest " + plan.digest() + "\n";
    }

    private PlanRecord record(String id, Optional<Integer> version) {
        Run run = statuses.find(id);
        return version.map(v -> plans.version(run.id(), v))
                .orElseGet(() -> plans.newest(run.id()))
                .orElseThrow(
                        () ->
                                ProblemException.notFound(
                                        "Run "
                                                + id
                                                + " has no plan"
                                                + version.map(v -> " of version " + v)
                                                        .orElse(" yet")));
    }

    @GetMapping("/api/runs/{id}/approvals")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "Who decided what about which plan")
    List<ApprovalView> approvals(@PathVariable String id) {
        return plans.approvals(statuses.find(id).id()).stream().map(ApprovalView::of).toList();
    }

    @GetMapping("/api/runs/{id}/actions")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "What was done to which host in which step, and what came of it")
    ActionsView actions(@PathVariable String id) {
        return ActionsView.of(journals.actions(statuses.find(id).id()));
    }

    @GetMapping("/api/runs/{id}/evidence")
    @AllowedFor({OPERATOR, APPROVER, VIEWER, ADMIN})
    @Operation(summary = "What was seen, secrets masked")
    List<EvidenceView> evidence(
            @PathVariable String id,
            @RequestParam Optional<String> step,
            @RequestParam Optional<String> host,
            @RequestParam Optional<String> name) {
        return journals.evidence(statuses.find(id).id()).stream()
                .filter(e -> step.map(e.step()::equals).orElse(true))
                .filter(e -> host.map(e.host()::equals).orElse(true))
                .filter(e -> name.map(e.name()::equals).orElse(true))
                .map(e -> EvidenceView.of(e, json))
                .toList();
    }
}
