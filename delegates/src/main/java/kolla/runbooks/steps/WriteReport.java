package kolla.runbooks.steps;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.Run;
import kolla.runbooks.probe.Figures;
import kolla.runbooks.probe.FiguresText;

/** Writes the run's report: who asked, who approved, what was done where, how long it took. */
final class WriteReport extends Step {

    WriteReport(StepEnvironment environment) {
        super(environment);
    }

    /** It changes no host, and a run that only watches has no lease. */
    @Override
    boolean fenced() {
        return false;
    }

    @Override
    void act(StepCall call) {
        Run run = call.asked();
        List<Action> actions = environment().journals().actions(call.run());
        StringBuilder report = new StringBuilder();
        report.append(
                String.format(
                        Locale.ROOT,
                        "# %s on cluster %s%n%nticket %s, started by %s: %s%n",
                        run.runbook(),
                        run.cluster(),
                        run.ticket(),
                        run.starter(),
                        run.reason()));
        environment()
                .plans()
                .approvals(call.run())
                .forEach(
                        a ->
                                report.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%s %s plan %s: %s%n",
                                                a.person(),
                                                a.approved() ? "approved" : "rejected",
                                                a.digest().substring(0, 12),
                                                a.comment())));
        environment()
                .plans()
                .newest(call.run())
                .ifPresent(
                        plan ->
                                report.append(
                                        String.format(
                                                Locale.ROOT, "%n## Plan%n%n%s%n", plan.text())));
        Figures.of(environment().watching().probes(), call.run())
                .ifPresent(
                        figures ->
                                report.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%n## How clients fared%n%n%s",
                                                FiguresText.of(figures))));
        Duration took = Duration.between(run.startedAt(), environment().clock().instant());
        report.append(
                String.format(
                        Locale.ROOT,
                        "%n%d actions, %d s from start to report%n%n",
                        actions.size(),
                        took.toSeconds()));
        actions.forEach(a -> report.append(line(a)));
        call.journal().evidence(ActionId.CLUSTER, "report", report.toString());
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        actions.size() + " actions done; the report is in the run's evidence");
    }

    private static String line(Action action) {
        String took =
                action.endedAt()
                        .map(e -> Duration.between(action.begunAt(), e).toMillis() + " ms")
                        .orElse("not ended");
        return String.format(
                Locale.ROOT,
                "- %s %s: %s (%s, %s)%n",
                action.id().host(),
                action.id().action(),
                action.outcome().orElse("-"),
                action.state(),
                took);
    }
}
