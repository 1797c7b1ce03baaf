package kolla.runbooks.steps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.journal.Spoken;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.upgrade.TurnAnswer;
import kolla.runbooks.upgrade.TurnDecision;
import kolla.runbooks.upgrade.TurnQuestion;
import kolla.runbooks.upgrade.TurnState;
import kolla.runbooks.upgrade.TurnState.Answer;
import kolla.runbooks.upgrade.TurnState.Moment;
import kolla.runbooks.upgrade.TurnState.Question;
import kolla.runbooks.upgrade.UpgradePlanning;
import kolla.runbooks.upgrade.WayBack;

/**
 * Between two hosts: goes on, waits, asks a person, goes back, or ends. Touches no container; looks
 * at the cluster again when time has passed, and fetches images for the way back.
 */
final class JudgeTurn extends UpgradeStep {

    static final String ROLL = "roll";
    static final String WAIT = "wait";
    static final String ASK = "ask";
    static final String END = "end";
    private static final String BACK = "back";
    private static final String FAILED_BACK = "failedBack";
    private static final String UNHEALTHY = "unhealthy";

    JudgeTurn(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        Optional<String> failed = failure(call);
        if (moment(call) == Moment.HOST_DONE && failed.isPresent()) {
            call.set(
                    Variable.TURN_FAILURE,
                    "The turn of "
                            + call.text(Variable.TURN)
                            + " did not come to its end: "
                            + failed.get());
        }
        if (stale(call)) {
            // what clients saw meanwhile belongs to what is decided now
            new CheckBudget(environment()).act(call);
        }
        TurnState state = state(call);
        TurnDecision decision = TurnDecision.decide(state);
        if (decision instanceof TurnDecision.GoBack) {
            try {
                goBack(call);
            } catch (RunbookFailure failure) {
                report(call.journal(), failure);
                call.set(Variable.GOING_BACK, state.back());
                call.set(
                        Variable.TURN_FAILURE,
                        "The way back could not be taken: " + failure.headline());
                call.set(Variable.NEXT, FAILED_BACK);
            }
            state = state(call);
            decision = TurnDecision.decide(state);
        } else if (changes(decision) && looksAgain(state) && !healthy(call)) {
            call.set(Variable.NEXT, UNHEALTHY);
            state = state(call);
            decision = TurnDecision.decide(state);
        }
        carryOut(call, state, decision);
    }

    private static boolean changes(TurnDecision decision) {
        return decision instanceof TurnDecision.Next
                || (decision instanceof TurnDecision.End end && end.contract());
    }

    /** While people thought or slept the cluster was left alone; no host goes before a look. */
    private static boolean looksAgain(TurnState state) {
        return !state.back()
                && (state.moment() == Moment.WAITED || state.moment() == Moment.ANSWERED);
    }

    private boolean healthy(StepCall call) {
        try {
            new VerifyHighAvailability(environment()).act(call);
            return true;
        } catch (RunbookFailure failure) {
            report(call.journal(), failure);
            call.set(
                    Variable.TURN_FAILURE,
                    "The cluster is not highly available any more: " + failure.headline());
            return false;
        }
    }

    /** A turn that came to its end has looked at the budget itself. */
    private static boolean stale(StepCall call) {
        return switch (moment(call)) {
            case PREPARED -> false;
            case HOST_DONE -> failure(call).isPresent();
            case WAITED, ANSWERED -> true;
        };
    }

    private void carryOut(StepCall call, TurnState state, TurnDecision decision) {
        if (decision instanceof TurnDecision.Ask ask) {
            ask(call, state, ask.question());
            call.set(Variable.NEXT, ASK);
            return;
        }
        if (decision instanceof TurnDecision.Wait) {
            call.journal()
                    .log(
                            ActionId.CLUSTER,
                            "waits " + Spoken.of(call.text(Variable.SOAK)) + " and looks again");
            call.set(Variable.NEXT, WAIT);
        } else if (decision instanceof TurnDecision.End end) {
            call.set(Variable.TURN_FAILURE, "");
            call.set(Variable.CONTRACT, end.contract());
            call.set(Variable.NEXT, END);
        } else {
            call.set(Variable.TURN_FAILURE, "");
            if (decision instanceof TurnDecision.Next) {
                call.set(Variable.TURN, state(call).left().get(0));
                call.setList(
                        Variable.HOST_TURNS,
                        state(call).left().subList(1, state(call).left().size()));
            }
            call.set(Variable.QUESTION, Question.NONE.name());
            call.set(Variable.NEXT, ROLL);
        }
    }

    private TurnState state(StepCall call) {
        String turn = call.optional(Variable.TURN).orElse("");
        return new TurnState(
                turns(call),
                call.goingBack(),
                Boolean.parseBoolean(call.text(Variable.CONTRACTS)),
                moment(call),
                turn.equals(call.text(Variable.CANARY)),
                Optional.of(call.optional(Variable.BUDGET_TEXT).orElse(""))
                        .filter(
                                t ->
                                        Boolean.parseBoolean(
                                                call.optional(Variable.BUDGET_SPENT)
                                                        .orElse("false"))),
                failure(call),
                Question.valueOf(call.text(Variable.QUESTION)),
                answer(call));
    }

    private static Optional<String> failure(StepCall call) {
        return call.optional(Variable.TURN_FAILURE).filter(f -> !f.isBlank());
    }

    private static List<String> turns(StepCall call) {
        Object turns = call.execution().getVariable(Variable.HOST_TURNS);
        List<String> names = new ArrayList<>();
        if (turns instanceof List<?> list) {
            list.forEach(h -> names.add(String.valueOf(h)));
        }
        return names;
    }

    /** What has just happened follows from what was to happen next. */
    private static Moment moment(StepCall call) {
        return switch (call.text(Variable.NEXT)) {
            case ROLL -> Moment.HOST_DONE;
            case WAIT -> Moment.WAITED;
            case ASK -> Moment.ANSWERED;
            default -> Moment.PREPARED;
        };
    }

    private Answer answer(StepCall call) {
        return TurnAnswer.of(
                call.optional(Variable.DECISION).orElse(""),
                environment().plans().newest(call.run()).map(PlanRecord::digest),
                environment().plans().approvals(call.run()));
    }

    /** From here on the definition is what should be; the hosts that differ from it have turns. */
    private void goBack(StepCall call) {
        List<String> untouched = turns(call);
        boolean begun = call.goingBack();
        call.set(Variable.GOING_BACK, true);
        Deployment defined = call.deployment();
        String now = DefinitionDigest.of(defined);
        List<String> turns =
                new UpgradePlanning(environment().rollouts(), road(call))
                        .turns(anyService(call, defined));
        new WayBack(
                        begun,
                        now,
                        call.text(Variable.DEFINITION_DIGEST),
                        call.text(Variable.WAY_BACK_DIGEST),
                        turns,
                        untouched)
                .require(road(call), call.clusterName());
        // a host may have lost the old images since; no restart waits for a download
        PullImages.pull(call, defined);
        call.set(Variable.DEFINITION_DIGEST, now);
        call.setList(Variable.HOST_TURNS, turns);
        call.set(Variable.TURN, "");
        call.set(Variable.TURN_FAILURE, "");
        call.set(Variable.QUESTION, Question.NONE.name());
        call.set(Variable.NEXT, BACK);
        call.journal()
                .warn(
                        ActionId.CLUSTER,
                        turns.isEmpty()
                                ? "goes back: nothing differs from the definition"
                                : "goes back to the definition on " + String.join(", ", turns));
    }

    private void ask(StepCall call, TurnState state, Question question) {
        List<DesiredService> upgrading = upgrading(call, call.deployment());
        String turn = call.optional(Variable.TURN).orElse("");
        TurnQuestion asked =
                new TurnQuestion(
                        road(call),
                        turn,
                        upgrading.stream()
                                .filter(s -> !s.upgrade().contract().isEmpty())
                                .map(DesiredService::name)
                                .toList(),
                        upgrading.stream()
                                .filter(s -> !s.upgrade().oneWay().isEmpty())
                                .map(s -> s.name() + ": " + s.upgrade().oneWay())
                                .toList(),
                        Duration.parse(call.text(Variable.SOAK)),
                        environment().clock().instant(),
                        call.optional(Variable.BUDGET_TEXT).orElse("").lines().toList());
        call.set(Variable.QUESTION, question.name());
        call.set(Variable.DECISION, "");
        List<String> sentences = asked.sentences(question, state);
        Asking.about(call, new Plan(call.clusterName(), List.of(), sentences));
        call.journal().log(ActionId.CLUSTER, "asks: " + sentences.get(0));
    }
}
