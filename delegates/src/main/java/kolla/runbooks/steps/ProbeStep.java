package kolla.runbooks.steps;

import java.time.Duration;
import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Run;
import kolla.runbooks.parameters.Parameters;
import kolla.runbooks.probe.Allowance;
import kolla.runbooks.probe.Watching;

/**
 * A step about the client that uses the cloud during the run. It changes no host, so it needs no
 * lease. A run may do without a probe (parameter {@code probe} = {@code off}).
 */
abstract class ProbeStep extends Step {

    /** Parameters that a runbook with a probe may have. */
    static final String PROBE = "probe";

    static final String PERCENT = "budgetPercent";
    static final String GAP = "budgetGapSeconds";
    static final String GAP_WITH_VIP_MOVE = "budgetVipGapSeconds";

    ProbeStep(StepEnvironment environment) {
        super(environment);
    }

    abstract void watched(StepCall call);

    /** The run does without a probe. */
    abstract void unwatched(StepCall call);

    @Override
    final boolean fenced() {
        return false;
    }

    @Override
    final void act(StepCall call) {
        if (off(call.asked())) {
            unwatched(call);
        } else {
            watched(call);
        }
    }

    static boolean off(Run asked) {
        return Parameters.text(asked.parameters(), PROBE).filter("off"::equals).isPresent();
    }

    Watching watching() {
        return environment().watching();
    }

    /**
     * @throws RunbookFailure {@code KR-PROBE-003} when a parameter is no number that can be meant
     */
    Allowance allowance(StepCall call) {
        Allowance usual = watching().usual();
        return new Allowance(
                number(call, PERCENT, usual.percent(), 100),
                seconds(call, GAP, usual.gap()),
                seconds(call, GAP_WITH_VIP_MOVE, usual.gapWithVipMove()),
                usual.unobserved());
    }

    private static Duration seconds(StepCall call, String name, Duration usual) {
        return Duration.ofMillis(
                Math.round(1000 * number(call, name, usual.toMillis() / 1000.0, 3600)));
    }

    private static double number(StepCall call, String name, double usual, double most) {
        String text = call.parameter(name).map(String::strip).orElse("");
        if (text.isEmpty()) {
            return usual;
        }
        if (text.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(text) <= most) {
            return Double.parseDouble(text);
        }
        throw RunbookFailure.person(
                "KR-PROBE-003",
                name + ": \"" + text + "\" should be a number from 0 to " + Math.round(most),
                List.of());
    }
}
