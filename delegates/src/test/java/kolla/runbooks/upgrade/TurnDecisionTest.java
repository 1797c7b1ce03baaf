package kolla.runbooks.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.upgrade.TurnState.Answer;
import kolla.runbooks.upgrade.TurnState.Moment;
import kolla.runbooks.upgrade.TurnState.Question;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TurnDecisionTest {

    private static final List<String> LEFT = List.of("ctl2");

    @Test
    void theFirstHostFollowsThePreparation() {
        assertThat(decide(new At(Moment.PREPARED))).isEqualTo(new TurnDecision.Next());
    }

    @Test
    void theCanarySoaksAndThenAPersonIsAsked() {
        assertThat(decide(new At(Moment.HOST_DONE).canary())).isEqualTo(new TurnDecision.Wait());
        assertThat(decide(new At(Moment.WAITED).canary()))
                .isEqualTo(new TurnDecision.Ask(Question.CANARY));
        assertThat(decide(new At(Moment.ANSWERED).canary().asked(Question.CANARY, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.Next());
        assertThat(decide(new At(Moment.ANSWERED).canary().asked(Question.CANARY, Answer.GO_BACK)))
                .isEqualTo(new TurnDecision.GoBack());
        assertThat(decide(new At(Moment.ANSWERED).canary().asked(Question.CANARY, Answer.WAIT)))
                .isEqualTo(new TurnDecision.Wait());
    }

    @Test
    void theOthersFollowOneByOne() {
        assertThat(decide(new At(Moment.HOST_DONE))).isEqualTo(new TurnDecision.Next());
        assertThat(decide(new At(Moment.HOST_DONE).last())).isEqualTo(new TurnDecision.End(false));
    }

    @Test
    void aSpentBudgetIsAskedAboutAtEverySafePoint() {
        assertThat(decide(new At(Moment.HOST_DONE).spent()))
                .isEqualTo(new TurnDecision.Ask(Question.BUDGET));
        assertThat(decide(new At(Moment.ANSWERED).spent().asked(Question.BUDGET, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.Next());
        assertThat(decide(new At(Moment.WAITED).spent().asked(Question.BUDGET, Answer.WAIT)))
                .isEqualTo(new TurnDecision.Ask(Question.BUDGET));
    }

    @Test
    void aCanaryThatSpentTheBudgetIsAskedAboutAndSoaksAfterTheYes() {
        assertThat(decide(new At(Moment.HOST_DONE).canary().spent()))
                .isEqualTo(new TurnDecision.Ask(Question.BUDGET));
        assertThat(
                        decide(
                                new At(Moment.ANSWERED)
                                        .canary()
                                        .spent()
                                        .asked(Question.BUDGET, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.Wait());
        assertThat(decide(new At(Moment.WAITED).canary().asked(Question.BUDGET, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.Ask(Question.CANARY));
    }

    @Test
    void aFailedTurnIsAskedAboutAndTriedAgainOrGoneBackFrom() {
        assertThat(decide(new At(Moment.HOST_DONE).canary().failed()))
                .isEqualTo(new TurnDecision.Ask(Question.FAILED));
        assertThat(decide(new At(Moment.ANSWERED).failed().asked(Question.FAILED, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.Again());
        assertThat(decide(new At(Moment.ANSWERED).failed().asked(Question.FAILED, Answer.GO_BACK)))
                .isEqualTo(new TurnDecision.GoBack());
    }

    @Test
    void theContractIsAskedForAtTheEndAndOnlyThere() {
        assertThat(decide(new At(Moment.HOST_DONE).contracts())).isEqualTo(new TurnDecision.Next());
        assertThat(decide(new At(Moment.HOST_DONE).contracts().last()))
                .isEqualTo(new TurnDecision.Ask(Question.CONTRACT));
        assertThat(
                        decide(
                                new At(Moment.ANSWERED)
                                        .contracts()
                                        .last()
                                        .asked(Question.CONTRACT, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.End(true));
        assertThat(
                        decide(
                                new At(Moment.ANSWERED)
                                        .contracts()
                                        .last()
                                        .asked(Question.CONTRACT, Answer.GO_BACK)))
                .isEqualTo(new TurnDecision.End(false));
    }

    @Test
    void clientsThatSufferWhileTheContractIsThoughtOverAreAskedAboutFirst() {
        At last = new At(Moment.ANSWERED).contracts().last().spent();
        assertThat(decide(last.asked(Question.CONTRACT, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.Ask(Question.BUDGET));
        assertThat(decide(last.asked(Question.BUDGET, Answer.GO_ON)))
                .isEqualTo(new TurnDecision.Ask(Question.CONTRACT));
    }

    @Test
    void onTheWayBackNobodyIsAskedBetweenHosts() {
        assertThat(decide(new At(Moment.PREPARED).back())).isEqualTo(new TurnDecision.Next());
        assertThat(decide(new At(Moment.HOST_DONE).back().spent().canary()))
                .isEqualTo(new TurnDecision.Next());
        assertThat(decide(new At(Moment.HOST_DONE).back().last().contracts()))
                .isEqualTo(new TurnDecision.End(false));
        assertThat(decide(new At(Moment.HOST_DONE).back().failed()))
                .isEqualTo(new TurnDecision.Ask(Question.FAILED));
    }

    @Property
    void aQuestionThatNobodyAnsweredIsAskedAgain(@ForAll Question question) {
        assertThat(decide(new At(Moment.ANSWERED).asked(question, Answer.NONE)))
                .isEqualTo(new TurnDecision.Ask(question));
    }

    /** Whatever was seen: no contract without a yes to exactly that question. */
    @Property
    void nothingIsContractedWithoutAYesToIt(
            @ForAll Moment moment,
            @ForAll Question question,
            @ForAll Answer answer,
            @ForAll boolean back,
            @ForAll boolean canary,
            @ForAll boolean spent,
            @ForAll boolean failed,
            @ForAll boolean last) {
        TurnDecision decision =
                TurnDecision.decide(
                        new TurnState(
                                last ? List.of() : LEFT,
                                back,
                                true,
                                moment,
                                canary,
                                spent ? Optional.of("spent") : Optional.empty(),
                                failed ? Optional.of("broken") : Optional.empty(),
                                question,
                                answer));
        if (decision instanceof TurnDecision.End end && end.contract()) {
            assertThat(moment).isEqualTo(Moment.ANSWERED);
            assertThat(question).isEqualTo(Question.CONTRACT);
            assertThat(answer).isEqualTo(Answer.GO_ON);
        }
    }

    private static TurnDecision decide(At at) {
        return TurnDecision.decide(at.state);
    }

    /** A state with one host left and all well, to be changed. */
    private record At(TurnState state) {

        At(Moment moment) {
            this(
                    new TurnState(
                            LEFT,
                            false,
                            false,
                            moment,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Question.NONE,
                            Answer.NONE));
        }

        At canary() {
            return with(state.left(), state.back(), state.contracts(), true);
        }

        At last() {
            return with(List.of(), state.back(), state.contracts(), state.canary());
        }

        At back() {
            return with(state.left(), true, state.contracts(), state.canary());
        }

        At contracts() {
            return with(state.left(), state.back(), true, state.canary());
        }

        At spent() {
            return with(Optional.of("too many failed"), state.failure());
        }

        At failed() {
            return with(state.budget(), Optional.of("KR-ROLLOUT-002: it ended"));
        }

        At asked(Question question, Answer answer) {
            return new At(
                    new TurnState(
                            state.left(),
                            state.back(),
                            state.contracts(),
                            state.moment(),
                            state.canary(),
                            state.budget(),
                            state.failure(),
                            question,
                            answer));
        }

        private At with(List<String> left, boolean back, boolean contracts, boolean canary) {
            return new At(
                    new TurnState(
                            left,
                            back,
                            contracts,
                            state.moment(),
                            canary,
                            state.budget(),
                            state.failure(),
                            state.question(),
                            state.answer()));
        }

        private At with(Optional<String> budget, Optional<String> failure) {
            return new At(
                    new TurnState(
                            state.left(),
                            state.back(),
                            state.contracts(),
                            state.moment(),
                            state.canary(),
                            budget,
                            failure,
                            state.question(),
                            state.answer()));
        }
    }
}
