package kolla.runbooks.upgrade;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.upgrade.TurnState.Answer;

/**
 * What a person has answered to a question. Pure. A process variable can be set by other ways than
 * the task, so going on or back counts only as the task's listener wrote it down: the last decision
 * of the run is about the question as it stands and says the same. Waiting changes nothing and
 * needs no such proof.
 */
public final class TurnAnswer {

    private TurnAnswer() {}

    /**
     * @param said the decision as the task left it: {@code approve}, {@code wait}, {@code reject};
     *     anything else is no answer
     * @param question the digest of what was asked last; empty when nothing was
     * @param written what was decided in this run, oldest first
     */
    public static Answer of(String said, Optional<String> question, List<Approval> written) {
        Answer answer =
                switch (said) {
                    case "approve" -> Answer.GO_ON;
                    case "wait" -> Answer.WAIT;
                    case "reject" -> Answer.GO_BACK;
                    default -> Answer.NONE;
                };
        if (answer == Answer.NONE || answer == Answer.WAIT) {
            return answer;
        }
        if (written.isEmpty() || question.isEmpty()) {
            return Answer.NONE;
        }
        Approval last = written.get(written.size() - 1);
        boolean same =
                last.digest().equals(question.get()) && last.approved() == (answer == Answer.GO_ON);
        return same ? answer : Answer.NONE;
    }
}
