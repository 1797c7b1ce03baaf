package kolla.runbooks.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kolla.runbooks.membership.Presence.Kind;
import org.junit.jupiter.api.Test;

class PresenceDecisionsTest {

    private static final List<String> NONE = List.of();
    private static final List<String> OTHERS = List.of("ctl1", "ctl2");

    @Test
    void isThereWhenItAnswersAndHasContainers() {
        assertThat(kind(answers(List.of("keystone"), NONE))).isEqualTo(Kind.THERE);
    }

    @Test
    void isThereWhenOnlyItsDataAreLeft() {
        Presence presence = PresenceDecisions.decide("ctl3", answers(NONE, List.of("mariadb")));

        assertThat(presence.kind()).isEqualTo(Kind.THERE);
        assertThat(presence.proof()).containsExactly("ctl3 answers; on it: volume mariadb");
    }

    @Test
    void isEmptyWhenItAnswersAndHasNothing() {
        assertThat(kind(answers(NONE, NONE))).isEqualTo(Kind.EMPTY);
    }

    @Test
    void isUnclearWhenAnEmptyMachineAnswersInThePlaceOfOneThatMembersCountOn() {
        Sighting other =
                new Sighting(
                        Optional.empty(),
                        false,
                        NONE,
                        NONE,
                        NONE,
                        NONE,
                        NONE,
                        List.of("the broker on ctl1 sees rabbit@ctl3 running"),
                        NONE);

        assertThat(kind(other)).isEqualTo(Kind.UNCLEAR);
    }

    @Test
    void isGoneWhenNobodyHearsOfIt() {
        Presence presence =
                PresenceDecisions.decide("ctl3", silent(true, OTHERS, NONE, NONE, NONE));

        assertThat(presence.kind()).isEqualTo(Kind.GONE);
        assertThat(presence.proof()).contains("ctl3 answers no ping from ctl1, ctl2");
    }

    @Test
    void isUnclearWhenItRefusesTheLogin() {
        assertThat(kind(silent(false, OTHERS, NONE, NONE, NONE))).isEqualTo(Kind.UNCLEAR);
    }

    @Test
    void isUnclearWhenAnotherHostHearsIt() {
        assertThat(kind(silent(true, OTHERS, List.of("ctl2"), NONE, NONE))).isEqualTo(Kind.UNCLEAR);
    }

    @Test
    void isUnclearWhenAMemberCountsOnIt() {
        assertThat(kind(silent(true, OTHERS, NONE, List.of("sees rabbit@ctl3 running"), NONE)))
                .isEqualTo(Kind.UNCLEAR);
    }

    @Test
    void isUnclearWhenNobodyCouldBeAsked() {
        assertThat(kind(silent(true, NONE, NONE, NONE, NONE))).isEqualTo(Kind.UNCLEAR);
    }

    @Test
    void isUnclearWhenOneOfTheOthersCouldNotBeAsked() {
        assertThat(kind(silent(true, List.of("ctl1"), NONE, NONE, List.of("ctl2 could not"))))
                .isEqualTo(Kind.UNCLEAR);
    }

    private static Kind kind(Sighting seen) {
        return PresenceDecisions.decide("ctl3", seen).kind();
    }

    private static Sighting answers(List<String> containers, List<String> volumes) {
        return new Sighting(
                Optional.empty(), false, containers, NONE, volumes, NONE, NONE, NONE, NONE);
    }

    private static Sighting silent(
            boolean silent,
            List<String> asked,
            List<String> answering,
            List<String> counting,
            List<String> unasked) {
        return new Sighting(
                Optional.of("not reachable"),
                silent,
                NONE,
                NONE,
                NONE,
                asked,
                answering,
                counting,
                unasked);
    }
}
