package kolla.runbooks.inventory;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.failure.RunbookFailure.Remedy;

/** Why a change of the inventory is not made, each with the code of its page. */
final class Refusals {

    private Refusals() {}

    /**
     * @param problems each with the field, the value seen and what would be right
     */
    static RunbookFailure notPossible(List<String> problems) {
        return RunbookFailure.person(
                "KR-MEMBERS-001",
                problems.size() == 1
                        ? problems.get(0)
                        : problems.size() + " problem(s); the first: " + problems.get(0),
                problems);
    }

    /** What was whole before the change has gaps with it. */
    static RunbookFailure broken(DefinitionException gaps) {
        return notPossible(gaps.gaps().stream().map(g -> "with this change: " + g).toList());
    }

    static RunbookFailure notWritten(String why, Throwable cause) {
        return new RunbookFailure(
                "KR-MEMBERS-002", Remedy.PERSON, Optional.empty(), why, List.of(), cause);
    }
}
