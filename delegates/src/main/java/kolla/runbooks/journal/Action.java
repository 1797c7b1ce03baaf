package kolla.runbooks.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of the journal.
 *
 * @param intent why it is done and what is expected, written before
 * @param outcome what was seen, written after
 * @param attempt from 1; grows when the program died between intent and outcome and the action was
 *     found not done
 */
public record Action(
        ActionId id,
        String intent,
        Instant begunAt,
        State state,
        Optional<String> outcome,
        Optional<Instant> endedAt,
        int attempt) {

    /** How far an action got. */
    public enum State {
        BEGUN,
        DONE,
        FAILED
    }
}
