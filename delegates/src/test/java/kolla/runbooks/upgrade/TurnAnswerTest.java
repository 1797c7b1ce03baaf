package kolla.runbooks.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.journal.Approval;
import kolla.runbooks.journal.RunId;
import kolla.runbooks.upgrade.TurnState.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnAnswerTest {

    private static final Optional<String> ASKED = Optional.of("question-2");

    @Test
    void aDecisionAboutTheQuestionAsItStandsCounts() {
        assertThat(TurnAnswer.of("approve", ASKED, List.of(yes("question-2"))))
                .isEqualTo(Answer.GO_ON);
        assertThat(TurnAnswer.of("reject", ASKED, List.of(no("question-2"))))
                .isEqualTo(Answer.GO_BACK);
    }

    @Test
    void aDecisionAboutAnEarlierQuestionIsNone() {
        assertThat(TurnAnswer.of("approve", ASKED, List.of(yes("question-1"))))
                .isEqualTo(Answer.NONE);
        assertThat(TurnAnswer.of("approve", ASKED, List.of(yes("question-2"), no("question-1"))))
                .isEqualTo(Answer.NONE);
    }

    @Test
    void aVariableThatSaysOtherThanWhatWasWrittenDownIsNone() {
        assertThat(TurnAnswer.of("approve", ASKED, List.of(no("question-2"))))
                .isEqualTo(Answer.NONE);
        assertThat(TurnAnswer.of("reject", ASKED, List.of(yes("question-2"))))
                .isEqualTo(Answer.NONE);
        assertThat(TurnAnswer.of("approve", ASKED, List.of())).isEqualTo(Answer.NONE);
        assertThat(TurnAnswer.of("approve", Optional.empty(), List.of(yes("question-2"))))
                .isEqualTo(Answer.NONE);
    }

    @Test
    void waitingNeedsNoProof() {
        assertThat(TurnAnswer.of("wait", ASKED, List.of())).isEqualTo(Answer.WAIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "Approve", "null"})
    void anythingElseIsNoAnswer(String said) {
        assertThat(TurnAnswer.of(said, ASKED, List.of(yes("question-2")))).isEqualTo(Answer.NONE);
    }

    private static Approval yes(String digest) {
        return decided(digest, true);
    }

    private static Approval no(String digest) {
        return decided(digest, false);
    }

    private static Approval decided(String digest, boolean approved) {
        return new Approval(
                new RunId("rolling-upgrade-0abc"), digest, "anna", approved, "", Instant.EPOCH);
    }
}
