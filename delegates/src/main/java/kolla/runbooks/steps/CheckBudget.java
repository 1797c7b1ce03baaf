package kolla.runbooks.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.probe.ProbeState;
import kolla.runbooks.journal.probe.Probes;
import kolla.runbooks.probe.Allowance;
import kolla.runbooks.probe.Budget;
import kolla.runbooks.probe.BudgetFigures;
import kolla.runbooks.probe.Figures;
import kolla.runbooks.probe.FiguresText;
import kolla.runbooks.probe.Verdict;

/**
 * Says by {@code budgetSpent} whether a person has to be asked, and by {@code budgetText} why. A
 * budget that was spent is asked about once: the next one begins with the question.
 */
final class CheckBudget extends ProbeStep {

    /** A string variable of the engine holds 4000 characters. */
    private static final int TEXT_LIMIT = 3900;

    private static final int FAILURES = 500;
    private static final Duration UNTIL_USED = Duration.ofSeconds(60);

    CheckBudget(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void unwatched(StepCall call) {
        call.set(Variable.BUDGET_SPENT, false);
        call.set(Variable.BUDGET_TEXT, "probe = off: nobody watches how clients fare in this run");
    }

    /**
     * A program that has just taken the probe over needs some seconds until it uses everything
     * again; nobody is asked because of that.
     */
    private Verdict decided(StepCall call, Probes probes, Allowance allowed) {
        AtomicReference<Verdict> latest = new AtomicReference<>();
        environment()
                .patience()
                .until(
                        UNTIL_USED,
                        () -> {
                            BudgetFigures seen =
                                    Figures.budget(probes, probes.find(call.run()).orElseThrow());
                            latest.set(Budget.decide(seen, allowed));
                            boolean mayClear =
                                    latest.get() instanceof Verdict.Unknown
                                            && seen.unobserved().compareTo(allowed.unobserved())
                                                    <= 0;
                            return mayClear ? Optional.empty() : Optional.of(true);
                        });
        return latest.get();
    }

    @Override
    void watched(StepCall call) {
        Probes probes = watching().probes();
        Optional<ProbeState> state = probes.find(call.run());
        Verdict verdict =
                state.isEmpty()
                        ? new Verdict.Unknown(List.of("no probe was started in this run"))
                        : decided(call, probes, allowance(call));
        List<String> lines = new ArrayList<>(verdict.sentences());
        if (verdict.asks() && state.isPresent()) {
            FiguresText.failures(probes.failures(call.run(), state.get().budgetFrom(), FAILURES))
                    .forEach(lines::add);
            probes.startBudget(call.run(), probes.now());
        }
        String text = String.join("\n", lines);
        call.set(Variable.BUDGET_SPENT, verdict.asks());
        call.set(
                Variable.BUDGET_TEXT,
                text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) + "…" : text);
        for (String line : lines) {
            if (verdict.asks()) {
                call.journal().warn(ActionId.CLUSTER, line);
            } else {
                call.journal().log(ActionId.CLUSTER, line);
            }
        }
    }
}
