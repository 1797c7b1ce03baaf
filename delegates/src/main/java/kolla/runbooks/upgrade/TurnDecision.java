package kolla.runbooks.upgrade;

import kolla.runbooks.upgrade.TurnState.Answer;
import kolla.runbooks.upgrade.TurnState.Moment;
import kolla.runbooks.upgrade.TurnState.Question;

/**
 * What an upgrade does next. Pure. The rows are tried in this order:
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>seen<th>decision
 * <tr><td>asked, and nobody answered in time<td>ask the same again, with fresh figures
 * <tr><td>answered: wait<td>wait, then look and ask again
 * <tr><td>asked about the contract, answered: go on, and the budget is spent meanwhile<td>ask about
 *     that, and then about the contract again
 * <tr><td>asked about the contract, answered: go on<td>end, with the contract
 * <tr><td>asked about the contract, answered: go back<td>end, without it
 * <tr><td>answered: go back<td>go back
 * <tr><td>a host's turn failed, answered: go on<td>the same host again
 * <tr><td>a host's turn failed<td>ask
 * <tr><td>on the way back<td>the next host, or the end without contract
 * <tr><td>the budget is spent and nobody has just answered to that<td>ask
 * <tr><td>the canary has changed and has not soaked<td>wait for the soak time
 * <tr><td>the soak time is over<td>ask whether the others may follow, or what was asked before
 * <tr><td>hosts are left<td>the next one
 * <tr><td>schemas have something to contract<td>ask
 * <tr><td>else<td>the end
 * </table>
 */
public sealed interface TurnDecision {

    /** The first of those that are left. */
    record Next() implements TurnDecision {}

    /** The host whose turn failed, once more. */
    record Again() implements TurnDecision {}

    /** For the soak time. */
    record Wait() implements TurnDecision {}

    record Ask(Question question) implements TurnDecision {}

    /** To the definition, all hosts that differ from it. */
    record GoBack() implements TurnDecision {}

    record End(boolean contract) implements TurnDecision {}

    static TurnDecision decide(TurnState state) {
        boolean answered = state.moment() == Moment.ANSWERED;
        if (answered && state.answer() == Answer.NONE) {
            return new Ask(state.question());
        }
        if (answered && state.answer() == Answer.WAIT) {
            return new Wait();
        }
        if (answered
                && state.question() == Question.CONTRACT
                && state.answer() == Answer.GO_ON
                && state.budget().isPresent()) {
            return new Ask(Question.BUDGET);
        }
        if (answered && state.question() == Question.CONTRACT) {
            return new End(state.answer() == Answer.GO_ON);
        }
        if (answered && state.answer() == Answer.GO_BACK) {
            return new GoBack();
        }
        if (state.failure().isPresent()) {
            return answered && state.answer() == Answer.GO_ON
                    ? new Again()
                    : new Ask(Question.FAILED);
        }
        if (state.back()) {
            return state.left().isEmpty() ? new End(false) : new Next();
        }
        if (state.budget().isPresent() && !(answered && state.question() == Question.BUDGET)) {
            return new Ask(Question.BUDGET);
        }
        if (state.canary() && unsoaked(state)) {
            return new Wait();
        }
        if (state.moment() == Moment.WAITED) {
            return new Ask(again(state));
        }
        if (!state.left().isEmpty()) {
            return new Next();
        }
        return state.contracts() ? new Ask(Question.CONTRACT) : new End(false);
    }

    private static boolean unsoaked(TurnState state) {
        return state.moment() == Moment.HOST_DONE
                || (state.moment() == Moment.ANSWERED && state.question() == Question.BUDGET);
    }

    /** The canary's soak ends with its own question; whoever waited is asked the same again. */
    private static Question again(TurnState state) {
        return state.canary() && state.question() != Question.CONTRACT
                ? Question.CANARY
                : state.question();
    }
}
