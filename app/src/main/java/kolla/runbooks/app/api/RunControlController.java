package kolla.runbooks.app.api;

import static kolla.runbooks.app.security.Role.ADMIN;
import static kolla.runbooks.app.security.Role.APPROVER;
import static kolla.runbooks.app.security.Role.OPERATOR;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import kolla.runbooks.app.runs.RunControl;
import kolla.runbooks.app.runs.RunStatuses;
import kolla.runbooks.app.runs.StepFailure;
import kolla.runbooks.app.security.AllowedFor;
import kolla.runbooks.app.security.Caller;
import kolla.runbooks.journal.Run;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What people do to a run that has begun. */
@RestController
@Tag(name = "Decisions")
class RunControlController {

    private final RunStatuses statuses;
    private final RunControl control;

    RunControlController(RunStatuses statuses, RunControl control) {
        this.statuses = statuses;
        this.control = control;
    }

    /** What is tried again. */
    record Retried(List<StepFailure> retried) {}

    @PostMapping("/api/runs/{id}/approval")
    @AllowedFor(APPROVER)
    @Operation(summary = "Approve or reject the plan that you saw; never your own run's")
    RunView decide(@PathVariable String id, @RequestBody DecisionBody body) {
        Run run = statuses.find(id);
        control.decide(run, body.decision(), body.planDigest(), body.comment(), body.chosenHost());
        return view(id);
    }

    @PostMapping("/api/runs/{id}/retry")
    @AllowedFor({OPERATOR, ADMIN})
    @Operation(summary = "Try the failed steps again, once their cause is mended")
    Retried retry(@PathVariable String id, HttpServletRequest request) {
        return new Retried(control.retry(statuses.find(id), person(request)));
    }

    @PostMapping("/api/runs/{id}/work-done")
    @AllowedFor({OPERATOR, ADMIN})
    @Operation(summary = "Say that the work is done for which the run waits: the host is back")
    RunView workDone(@PathVariable String id, @RequestBody WorkDoneBody body) {
        control.workDone(statuses.find(id), body.comment());
        return view(id);
    }

    @PostMapping("/api/runs/{id}/cancel")
    @AllowedFor({OPERATOR, ADMIN})
    @Operation(summary = "End a run where it stands; what was changed stays changed")
    RunView cancel(
            @PathVariable String id, @RequestBody CancelBody body, HttpServletRequest request) {
        control.cancel(statuses.find(id), person(request), body.reason());
        return view(id);
    }

    private RunView view(String id) {
        return RunView.of(
                statuses.of(statuses.find(id)),
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString());
    }

    private static String person(HttpServletRequest request) {
        return Caller.of(request).map(Caller::id).orElseThrow();
    }
}
