package kolla.runbooks.app.cockpit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.app.api.ActionsView;
import kolla.runbooks.app.api.ApprovalView;
import kolla.runbooks.app.api.RunView;
import kolla.runbooks.app.runs.RunLog;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.LogLine;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.journal.probe.ProbeSum;
import kolla.runbooks.journal.probe.Probes;

/**
 * All that the run's view shows, in one answer, because it is asked for every second.
 *
 * @param stepNames by a step's id what the diagrams call it
 * @param lines the log since the sequence number that was asked for
 * @param last the sequence number to ask for next
 * @param probe how clients of the cloud fare meanwhile, where somebody watches
 * @param mayControl whether to offer retry and cancel
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RunDetail(
        RunView run,
        Map<String, String> stepNames,
        ActionsView actions,
        Optional<Plan> plan,
        List<ApprovalView> approvals,
        List<Line> lines,
        long last,
        Optional<Probe> probe,
        boolean mayControl) {

    /**
     * @param trouble why something is not watched
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Probe(long total, long failed, Optional<String> trouble) {

        static Optional<Probe> of(Probes probes, RunId run) {
            return probes.find(run)
                    .map(
                            state -> {
                                List<ProbeSum> sums = probes.sums(run, state.countsFrom());
                                return new Probe(
                                        sums.stream().mapToLong(ProbeSum::total).sum(),
                                        sums.stream().mapToLong(ProbeSum::failed).sum(),
                                        Optional.of(state.trouble()).filter(t -> !t.isEmpty()));
                            });
        }
    }

    /** The newest plan as people read it. */
    record Plan(int version, String digest, String text, Instant createdAt) {}

    /** A line of the log. */
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

    static RunDetail of(
            RunView run,
            Map<String, String> stepNames,
            List<Action> actions,
            Optional<PlanRecord> plan,
            List<Approval> approvals,
            RunLog.Page log,
            Optional<Probe> probe,
            boolean mayControl) {
        return new RunDetail(
                run,
                stepNames,
                ActionsView.of(actions),
                plan.map(p -> new Plan(p.version(), p.digest(), p.text(), p.createdAt())),
                approvals.stream().map(ApprovalView::of).toList(),
                log.lines().stream().map(Line::of).toList(),
                log.last(),
                probe,
                mayControl);
    }
}
