package kolla.runbooks.upgrade;

import java.util.List;
import java.util.Optional;

/**
 * Where an upgrade stands between two hosts.
 *
 * @param left hosts whose turn is still to come
 * @param back whether it is on its way back
 * @param contracts whether schemas are to be contracted at the end
 * @param moment what has just happened
 * @param canary whether the host that has just changed was the first
 * @param budget what the probe says against going on; empty when all is well
 * @param failure what keeps the run from going on, a sentence without its point; empty when nothing
 *     does
 * @param question what was asked last
 * @param answer to it
 */
public record TurnState(
        List<String> left,
        boolean back,
        boolean contracts,
        Moment moment,
        boolean canary,
        Optional<String> budget,
        Optional<String> failure,
        Question question,
        Answer answer) {

    /** What has just happened. */
    public enum Moment {
        PREPARED,
        HOST_DONE,
        WAITED,
        ANSWERED
    }

    /** What a person is asked. */
    public enum Question {
        NONE,
        CANARY,
        BUDGET,
        FAILED,
        CONTRACT
    }

    /** What a person says. */
    public enum Answer {
        NONE,
        GO_ON,
        WAIT,
        GO_BACK
    }

    public TurnState {
        left = List.copyOf(left);
    }
}
