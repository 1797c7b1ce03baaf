package kolla.runbooks.upgrade;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import kolla.runbooks.journal.Spoken;
import kolla.runbooks.upgrade.TurnState.Question;

/**
 * What a person is asked between two hosts: what was seen, and what each answer does. Pure.
 *
 * @param turn the host whose turn was last; empty before the first
 * @param contracting the services that have schemas to contract
 * @param oneWay what does not come back with the hosts, a sentence each, without its point
 * @param soak until the next look after the answer "wait"
 * @param asked when; each asking is a question of its own, so that no answer is taken for another's
 * @param budget what the probe has counted, a line each
 */
public record TurnQuestion(
        Road road,
        String turn,
        List<String> contracting,
        List<String> oneWay,
        Duration soak,
        Instant asked,
        List<String> budget) {

    private static final String ALL_BACK = "every host that has changed";

    public TurnQuestion {
        contracting = List.copyOf(contracting);
        oneWay = List.copyOf(oneWay);
        budget = List.copyOf(budget);
    }

    /**
     * @throws IllegalArgumentException when there is nothing to ask
     */
    public List<String> sentences(Question question, TurnState state) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                switch (question) {
                    case CANARY -> canary(state);
                    case BUDGET ->
                            "The error budget is spent. Approve: go on all the same. Reject: "
                                    + road.back(ALL_BACK)
                                    + ".";
                    case FAILED -> failed(state);
                    case CONTRACT ->
                            "Every host runs the target. Approve: contract the schemas of "
                                    + String.join(", ", contracting)
                                    + "; from there is no way back but the backup. Reject: end"
                                    + " without it; the schemas stay as both versions read them.";
                    case NONE -> throw new IllegalArgumentException("nothing to ask");
                });
        if (question == Question.FAILED) {
            reason(state).stream().skip(1).forEach(l -> sentences.add("seen: " + l));
            if (!state.back() && !state.left().isEmpty()) {
                sentences.add(
                        "Not touched so far: "
                                + String.join(", ", state.left())
                                + ". Nothing is done to them until you answer.");
            }
        }
        if (question != Question.CONTRACT) {
            oneWay.forEach(o -> sentences.add(o + "."));
        }
        sentences.add(
                soak.isZero()
                        ? "Wait: look again at once and ask again."
                        : "Wait: look again after " + Spoken.of(soak) + " and ask again.");
        sentences.add("Asked at " + asked.truncatedTo(ChronoUnit.SECONDS) + ".");
        sentences.addAll(budget);
        return sentences;
    }

    private String canary(TurnState state) {
        return turn
                + ", the canary, runs the target and the cluster is highly available. Approve: "
                + (state.left().isEmpty()
                        ? "go on to the end, no other host changes"
                        : "the others follow, " + String.join(", ", state.left()))
                + ". Reject: "
                + road.back(turn)
                + ".";
    }

    private static List<String> reason(TurnState state) {
        return state.failure().orElse("").lines().toList();
    }

    private String failed(TurnState state) {
        return reason(state).stream().findFirst().orElse("")
                + ". Approve: try "
                + turn
                + " again, after its cause is mended. Reject: "
                + (state.back()
                        ? "look again which hosts differ, and go on with these"
                        : road.back(ALL_BACK))
                + ".";
    }
}
