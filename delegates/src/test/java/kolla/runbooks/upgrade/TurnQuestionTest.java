package kolla.runbooks.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.upgrade.TurnState.Answer;
import kolla.runbooks.upgrade.TurnState.Moment;
import kolla.runbooks.upgrade.TurnState.Question;
import org.junit.jupiter.api.Test;

class TurnQuestionTest {

    @Test
    void theCanaryIsAskedAboutWithTheHostsThatWouldFollow() {
        assertThat(ask(Road.UPGRADE, Question.CANARY, state(false, "ctl1", "ctl3")))
                .contains(
                        "ctl2, the canary, runs the target and the cluster is highly available."
                                + " Approve: the others follow, ctl1, ctl3. Reject: ctl2 goes back"
                                + " to what is defined.");
    }

    @Test
    void aCanaryThatIsTheOnlyHostIsFollowedByNobody() {
        assertThat(ask(Road.UPGRADE, Question.CANARY, state(false)).get(0))
                .contains("Approve: go on to the end, no other host changes.");
    }

    @Test
    void aReconfigurationSaysThatItsWayBackHasToBePutThere() {
        assertThat(ask(Road.RECONFIGURE, Question.BUDGET, state(false, "ctl1")).get(0))
                .endsWith(
                        "Reject: every host that has changed goes back to what the definition says"
                                + " then, so put it back as it was first.");
    }

    @Test
    void aFailedTurnIsAskedAboutWithItsReason() {
        assertThat(ask(Road.UPGRADE, Question.FAILED, state(false, "ctl1")).get(0))
                .startsWith("The turn of ctl2 did not end: KR-X-001. Approve: try ctl2 again")
                .endsWith("Reject: every host that has changed goes back to what is defined.");
        assertThat(ask(Road.UPGRADE, Question.FAILED, state(false, "ctl1")))
                .contains("seen: [ALERT] line 60");
        assertThat(ask(Road.UPGRADE, Question.FAILED, state(true, "ctl1")).get(0))
                .endsWith("Reject: look again which hosts differ, and go on with these.");
    }

    @Test
    void afterAFailedTurnTheHostsThatAreAsTheyWereAreNamed() {
        String untouched =
                "Not touched so far: ctl1, ctl3. Nothing is done to them until you answer.";
        assertThat(ask(Road.UPGRADE, Question.FAILED, state(false, "ctl1", "ctl3")))
                .contains(untouched);
        assertThat(ask(Road.UPGRADE, Question.FAILED, state(true, "ctl1", "ctl3")))
                .doesNotContain(untouched);
        assertThat(ask(Road.UPGRADE, Question.FAILED, state(false)))
                .noneMatch(s -> s.startsWith("Not touched"));
    }

    @Test
    void onlyServicesWithSchemasAreNamedForTheContract() {
        assertThat(ask(Road.UPGRADE, Question.CONTRACT, state(false)))
                .first()
                .asString()
                .contains("contract the schemas of keystone; from there is no way back");
    }

    @Test
    void whatDoesNotComeBackIsSaidWhereGoingBackIsAChoice() {
        assertThat(ask(Road.UPGRADE, Question.CANARY, state(false))).contains("mariadb: stays.");
        assertThat(ask(Road.UPGRADE, Question.CONTRACT, state(false)))
                .doesNotContain("mariadb: stays.");
    }

    @Test
    void lengthsAreSaidAsPeopleDo() {
        assertThat(ask(Road.UPGRADE, Question.CANARY, state(false)))
                .contains(
                        "Wait: look again after 5 minutes and ask again.",
                        "Asked at 2026-01-02T03:04:05Z.",
                        "0 of 100 failed");
        assertThat(question(Road.UPGRADE, Duration.ZERO).sentences(Question.CANARY, state(false)))
                .contains("Wait: look again at once and ask again.");
    }

    @Test
    void askingNothingIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> ask(Road.UPGRADE, Question.NONE, state(false)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> ask(Road road, Question question, TurnState state) {
        return question(road, Duration.ofMinutes(5)).sentences(question, state);
    }

    private static TurnQuestion question(Road road, Duration soak) {
        return new TurnQuestion(
                road,
                "ctl2",
                List.of("keystone"),
                List.of("mariadb: stays"),
                soak,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                List.of("0 of 100 failed"));
    }

    private static TurnState state(boolean back, String... left) {
        return new TurnState(
                List.of(left),
                back,
                true,
                Moment.HOST_DONE,
                true,
                Optional.empty(),
                Optional.of("The turn of ctl2 did not end: KR-X-001\n[ALERT] line 60"),
                Question.NONE,
                Answer.NONE);
    }
}
