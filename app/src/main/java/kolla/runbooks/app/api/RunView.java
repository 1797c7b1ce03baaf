package kolla.runbooks.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.app.runs.CurrentStep;
import kolla.runbooks.app.runs.RunState;
import kolla.runbooks.app.runs.RunStatus;
import kolla.runbooks.app.runs.StepFailure;
import kolla.runbooks.journal.Run;

/**
 * A run as REST shows it.
 *
 * @param id what stands in its address
 * @param currentSteps where it is now
 * @param failures its open incidents: code, host, message, page
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunView(
        String id,
        String cluster,
        String runbook,
        String ticket,
        String reason,
        @JsonRawValue @Schema(type = "object", implementation = Object.class) String parameters,
        String starter,
        RunState state,
        Instant startedAt,
        Optional<Instant> endedAt,
        List<CurrentStep> currentSteps,
        List<StepFailure> failures,
        Links links) {

    /** Where the rest of it is; absolute addresses. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Links(
            String self,
            String plan,
            String log,
            String evidence,
            String actions,
            String approvals,
            Optional<String> cockpit) {

        static Links of(Run run, String base) {
            String self = base + "/api/runs/" + run.id();
            return new Links(
                    self,
                    self + "/plan",
                    self + "/log",
                    self + "/evidence",
                    self + "/actions",
                    self + "/approvals",
                    run.endedAt().isPresent()
                            ? Optional.empty()
                            : run.processInstance().map(i -> base + cockpitPage(i)));
        }
    }

    /** Cockpit's page of a process instance; gone once the instance has ended. */
    static String cockpitPage(String instance) {
        return "/camunda/app/cockpit/default/#/process-instance/" + instance + "/runtime";
    }

    /**
     * @param base scheme, host and port that the client used
     */
    public static RunView of(RunStatus status, String base) {
        Run run = status.run();
        return new RunView(
                run.id().value(),
                run.cluster(),
                run.runbook(),
                run.ticket(),
                run.reason(),
                run.parameters().isBlank() ? "{}" : run.parameters(),
                run.starter(),
                status.state(),
                run.startedAt(),
                run.endedAt(),
                status.steps(),
                status.failures(),
                Links.of(run, base));
    }
}
