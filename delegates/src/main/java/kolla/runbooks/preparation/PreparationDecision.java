package kolla.runbooks.preparation;

import java.util.List;

/**
 * What is to be done, or what has to be settled first.
 *
 * @param refusals when there are any, nothing is done
 */
record PreparationDecision(List<Change> changes, List<String> notes, List<Refusal> refusals) {
    PreparationDecision {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
        refusals = List.copyOf(refusals);
    }
}
