package kolla.runbooks.steps;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.ActionId;
import kolla.runbooks.journal.PlanRecord;
import kolla.runbooks.rollout.Plan;
import kolla.runbooks.upgrade.TurnDecision;
import kolla.runbooks.upgrade.TurnState;
import kolla.runbooks.upgrade.TurnState.Answer;
import kolla.runbooks.upgrade.TurnState.Moment;
import kolla.runbooks.upgrade.TurnState.Question;
import kolla.runbooks.upgrade.UpgradePlanning;

/** Between two hosts: goes on, waits, asks a person, goes back, or ends. Touches no host. */
final class JudgeTurn extends UpgradeStep {

    static final String ROLL = "roll";
    static final String WAIT = "wait";
    static final String ASK = "ask";
    static final String END = "end";
    private static final String FAILED_BACK = "failedBack";

    JudgeTurn(StepEnvironment environment) {
        super(environment);
    }

    @Override
    void act(StepCall call) {
        if (moment(call) == Moment.WAITED || moment(call) == Moment.ANSWERED) {
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
                call.set(Variable.TURN_FAILURE, "the way back: " + failure.headline());
                call.set(Variable.NEXT, FAILED_BACK);
            }
            state = state(call);
            decision = TurnDecision.decide(state);
        }
        carryOut(call, state, decision);
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
                            "waits " + call.text(Variable.SOAK) + " and looks again");
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
                call.optional(Variable.TURN_FAILURE).filter(f -> !f.isBlank()),
                Question.valueOf(call.text(Variable.QUESTION)),
                answer(call));
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

    /**
     * What was decided about the question as it stands. A variable can be set by other ways than
     * the task, so going on or back needs the decision that the task's listener wrote down.
     */
    private Answer answer(StepCall call) {
        Answer said = said(call);
        if (said == Answer.NONE || said == Answer.WAIT) {
            return said;
        }
        String asked = environment().plans().newest(call.run()).map(PlanRecord::digest).orElse("");
        boolean written =
                environment().plans().approvals(call.run()).stream()
                        .reduce((first, second) -> second)
                        .filter(a -> a.digest().equals(asked))
                        .filter(a -> a.approved() == (said == Answer.GO_ON))
                        .isPresent();
        return written ? said : Answer.NONE;
    }

    private static Answer said(StepCall call) {
        return switch (call.optional(Variable.DECISION).orElse("")) {
            case "approve" -> Answer.GO_ON;
            case "wait" -> Answer.WAIT;
            case "reject" -> Answer.GO_BACK;
            default -> Answer.NONE;
        };
    }

    /** From here on the definition is what should be; the hosts that differ from it have turns. */
    private void goBack(StepCall call) {
        call.set(Variable.GOING_BACK, true);
        Deployment defined = call.deployment();
        if (!DefinitionDigest.of(defined).equals(call.text(Variable.WAY_BACK_DIGEST))) {
            throw RunbookFailure.person(
                    "KR-UPGRADE-006",
                    "the definition of cluster "
                            + call.clusterName()
                            + " has changed since the plan was made, and it is the way back; put it"
                            + " back as it was",
                    List.of());
        }
        List<String> turns =
                new UpgradePlanning(environment().rollouts()).turns(anyService(call, defined));
        call.set(Variable.DEFINITION_DIGEST, DefinitionDigest.of(defined));
        call.setList(Variable.HOST_TURNS, turns);
        call.set(Variable.TURN, "");
        call.set(Variable.TURN_FAILURE, "");
        call.set(Variable.QUESTION, Question.NONE.name());
        call.set(Variable.NEXT, "back");
        call.journal()
                .warn(
                        ActionId.CLUSTER,
                        turns.isEmpty()
                                ? "goes back: nothing differs from the definition"
                                : "goes back to the definition on " + String.join(", ", turns));
    }

    private void ask(StepCall call, TurnState state, Question question) {
        List<String> sentences = new ArrayList<>();
        String turn = call.optional(Variable.TURN).orElse("");
        switch (question) {
            case CANARY ->
                    sentences.add(
                            turn
                                    + ", the canary, runs the target and the cluster is highly"
                                    + " available. Approve: the others follow, "
                                    + String.join(", ", state.left())
                                    + ". Reject: "
                                    + turn
                                    + " goes back to what is defined.");
            case BUDGET ->
                    sentences.add(
                            "The error budget is spent. Approve: go on all the same. Reject: every"
                                    + " host that has changed goes back to what is defined.");
            case FAILED ->
                    sentences.add(
                            "The turn of "
                                    + turn
                                    + " did not come to its end: "
                                    + state.failure().orElse("")
                                    + ". Approve: try "
                                    + turn
                                    + " again, after its cause is mended. Reject: "
                                    + (state.back()
                                            ? "look again which hosts differ, and go on with these."
                                            : "every host that has changed goes back to what is"
                                                    + " defined."));
            case CONTRACT ->
                    sentences.add(
                            "Every host runs the target. Approve: contract the schemas of "
                                    + "those services that have any, among "
                                    + call.text(Variable.UPGRADING)
                                    + "; from there is no way back but the backup. Reject: end"
                                    + " without it; the schemas stay as both versions read them.");
            case NONE -> throw new IllegalStateException("nothing to ask");
        }
        if (question != Question.CONTRACT) {
            call.deployment().services().stream()
                    .filter(x -> call.names(Variable.UPGRADING).contains(x.name()))
                    .filter(x -> !x.upgrade().oneWay().isEmpty())
                    .forEach(x -> sentences.add(x.name() + ": " + x.upgrade().oneWay() + "."));
        }
        // each asking is a question of its own, so that no answer is taken for another's
        sentences.add(
                "Asked at "
                        + environment().clock().instant().truncatedTo(ChronoUnit.SECONDS)
                        + ".");
        sentences.add("Wait: look again after " + call.text(Variable.SOAK) + " and ask again.");
        call.optional(Variable.BUDGET_TEXT)
                .filter(t -> !t.isBlank())
                .ifPresent(t -> t.lines().forEach(sentences::add));
        call.set(Variable.QUESTION, question.name());
        call.set(Variable.DECISION, "");
        Planning.write(call, new Plan(call.clusterName(), List.of(), sentences));
        call.journal()
                .log(
                        ActionId.CLUSTER,
                        "asks about "
                                + question.name().toLowerCase(Locale.ROOT)
                                + (turn.isEmpty() ? "" : " after " + turn));
    }
}
