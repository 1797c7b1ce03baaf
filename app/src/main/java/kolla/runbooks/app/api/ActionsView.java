package kolla.runbooks.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.Action;

/**
 * Hosts and steps, with what was done where.
 *
 * @param hosts those that anything was done to, {@code -} for the cluster as a whole
 * @param steps in the order in which they began
 */
public record ActionsView(List<String> hosts, List<String> steps, List<Entry> actions) {

    /** One action. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Entry(
            String step,
            String host,
            String action,
            Action.State state,
            String intent,
            Optional<String> outcome,
            Instant begunAt,
            Optional<Instant> endedAt,
            int attempt) {

        static Entry of(Action action) {
            return new Entry(
                    action.id().step(),
                    action.id().host(),
                    action.id().action(),
                    action.state(),
                    action.intent(),
                    action.outcome(),
                    action.begunAt(),
                    action.endedAt(),
                    action.attempt());
        }
    }

    public static ActionsView of(List<Action> actions) {
        return new ActionsView(
                actions.stream().map(a -> a.id().host()).distinct().sorted().toList(),
                actions.stream().map(a -> a.id().step()).distinct().toList(),
                actions.stream().map(Entry::of).toList());
    }
}
