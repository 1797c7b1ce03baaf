package kolla.runbooks.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kolla.runbooks.journal.Action;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.Run;
import kolla.runbooks.upgrade.DefinitionLines;
import kolla.runbooks.upgrade.Target;

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
        plans(call).forEach(report::append);
        definition(call).forEach(report::append);
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

    /** Every plan and question of the run, in their order. */
    private List<String> plans(StepCall call) {
        int newest = environment().plans().newest(call.run()).map(PlanRecord::version).orElse(0);
        List<String> texts = new ArrayList<>();
        for (int version = 1; version <= newest; version++) {
            environment()
                    .plans()
                    .version(call.run(), version)
                    .ifPresent(
                            p ->
                                    texts.add(
                                            String.format(
                                                    Locale.ROOT,
                                                    "%n## Plan %d%n%n%s%n",
                                                    p.version(),
                                                    p.text())));
        }
        return texts;
    }

    /** After an upgrade: what makes the definition say again what runs. */
    private static List<String> definition(StepCall call) {
        Optional<Target> target = call.goingBack() ? Optional.empty() : Target.of(call::parameter);
        if (target.isEmpty()) {
            return List.of();
        }
        List<String> lines =
                DefinitionLines.of(target.get(), call.environment().deployment(call.clusterName()));
        call.journal()
                .warn(ActionId.CLUSTER, "write into globals.yml now: " + String.join("; ", lines));
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%n## Write into globals.yml now%n%n%s%n",
                        String.join("\n", lines)));
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
