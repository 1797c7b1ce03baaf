package kolla.runbooks.keystone;

import static kolla.runbooks.keystone.KeySets.KEEP;
import static kolla.runbooks.keystone.KeySets.LIFE;
import static kolla.runbooks.keystone.KeySets.PLAIN;
import static kolla.runbooks.keystone.KeySets.aged;
import static kolla.runbooks.keystone.KeySets.keys;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationDecisionsTest {

    private static final RotationGoal GOAL =
            new RotationGoal("3", "c", Map.of("2", "b"), Map.of("1", "a"));

    @Test
    void theStagedKeySignsNextAndTheOldestGoes() {
        assertThat(plan(keys("x", "0=c 1=a 2=b"), keys("y", "0=c 1=a 2=b"))).isEqualTo(GOAL);
    }

    @Test
    void nothingGoesBeforeThereAreAsManyKeysAsConfigured() {
        assertThat(plan(keys("x", "0=b 1=a"), keys("y", "0=b 1=a")))
                .isEqualTo(new RotationGoal("2", "b", Map.of("1", "a"), Map.of()));
    }

    /** Each row is a moment at which everything may have died. */
    @ParameterizedTest
    @CsvSource({
        "0=c 1=a 2=b,     0=c 1=a 2=b,     Promote",
        "0=c 1=a 2=b 3=c, 0=c 1=a 2=b,     Promote",
        "0=c 1=a 2=b,     0=c 1=a 2=b 3=c, Promote",
        "0=d 1=a 2=b 3=c, 0=c 1=a 2=b,     Promote",
        "0=c 1=a 2=b 3=c, 0=c 1=a 2=b 3=c, Stage",
        "0=d 1=a 2=b 3=c, 0=c 1=a 2=b 3=c, Stage",
        "1=a 2=b 3=c,     0=c 1=a 2=b 3=c, Stage",
        "0=d 1=a 2=b 3=c, 0=d 1=a 2=b 3=c, Drop",
        "0=d 2=b 3=c,     0=d 1=a 2=b 3=c, Drop",
        "0=d 2=b 3=c,     0=d 2=b 3=c,     Done"
    })
    void whatIsSeenTellsHowFarTheRotationHasCome(String x, String y, String step) {
        assertThat(RotationDecisions.next(GOAL, List.of(keys("x", x), keys("y", y))))
                .extracting(s -> s.getClass().getSimpleName())
                .isEqualTo(step);
    }

    @Test
    void aStagedKeyThatAHostHasIsTakenFromThereAndNoOtherIsMade() {
        assertThat(
                        RotationDecisions.next(
                                GOAL,
                                List.of(
                                        keys("x", "0=c 1=a 2=b 3=c"),
                                        keys("y", "0=d 1=a 2=b 3=c"),
                                        keys("z", "1=a 2=b 3=c"))))
                .isEqualTo(new RotationStep.Stage(List.of("x", "z"), java.util.Optional.of("y")));
    }

    @ParameterizedTest
    @CsvSource({
        "0=d 1=a 2=b 3=c, 0=e 1=a 2=b 3=c, two staged keys",
        "0=c 1=a 2=b,     0=c 1=z 2=b,     another key 1",
        "0=c 1=a 2=b,     0=z 1=a 2=b,     another staged key and no primary",
        "0=c 1=a 2=b 3=z, 0=c 1=a 2=b,     another primary",
        "0=c 1=a 2=b,     0=c 1=a,         a key that stays is missing",
        "0=c 1=a 2=b 4=q, 0=c 1=a 2=b,     a key from elsewhere"
    })
    void goesNoStepFurtherWithKeysThatAreNotOfThisRotation(String x, String y, String why) {
        assertThat(RotationDecisions.next(GOAL, List.of(keys("x", x), keys("y", y))))
                .as(why)
                .isInstanceOfSatisfying(
                        RotationStep.Refuse.class,
                        r -> assertThat(r.code()).isEqualTo("KR-KEYSTONE-001"));
    }

    @ParameterizedTest
    @CsvSource({
        "0=c 1=a 2=b 3=c, 0=c 1=a 2=b",
        "0=c 1=a 2=b 3=c, 0=c 1=a 2=b 3=c",
        "0=d 1=a 2=b 3=c, 0=c 1=a 2=b",
        "0=d 2=b 3=c,     0=c 1=a 2=b",
        "0=d 2=b 3=c,     0=d 1=a 2=b 3=c"
    })
    void aRotationThatWasBegunIsFinishedAndNoOtherBegun(String x, String y) {
        // key 3 may be young: what goes is judged by key 2
        FernetKeys.Read first = aged(keys("x", x), "3", Duration.ofSeconds(5));
        FernetKeys.Read second = keys("y", y);

        assertThat(plan(first, second)).isEqualTo(GOAL);
        assertThat(sentences(first, second).get(0)).contains("key 3 was begun before");
    }

    @Test
    void aHostThatWasNotReadStopsIt() {
        assertThat(refusal(PLAIN, keys("x", "0=b 1=a"), new FernetKeys.Unread("y", "timed out")))
                .satisfies(
                        r -> {
                            assertThat(r.code()).isEqualTo("KR-KEYSTONE-002");
                            assertThat(r.sentence()).contains("y: timed out");
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "0=c 1=a 2=b, 0=d 1=a 2=b, staged keys differ",
        "0=c 1=a 2=b, 0=c 1=z 2=b, older keys differ",
        "0=c 1=a 2=b, 0=d 1=a 2=b 3=q, rotated alone after its staged key was lost",
        "0=c 01=a 2=b, 0=c 01=a 2=b, a name that is no number of Keystone's"
    })
    void setsThatDifferOtherwiseAreRefusedWithBothHosts(String x, String y, String why) {
        assertThat(refusal(PLAIN, keys("x", x), keys("y", y)))
                .as(why)
                .satisfies(
                        r -> {
                            assertThat(r.code()).isEqualTo("KR-KEYSTONE-001");
                            assertThat(r.evidence()).anyMatch(l -> l.startsWith("x 0="));
                            assertThat(r.evidence()).anyMatch(l -> l.startsWith("y 0="));
                        });
    }

    @Test
    void withoutKeysThereIsNothingToRotate() {
        assertThat(refusal(PLAIN, keys("x", ""), keys("y", "")).code())
                .isEqualTo("KR-KEYSTONE-001");
    }

    /** 86,400 + 172,800 + 60 s after key 2 began to sign, key 1 is not needed. */
    @ParameterizedTest
    @CsvSource({"259259, false", "259260, true", "999999, true"})
    void theOldestGoesOnlyWhenNoTokenCanNeedItOnAnyHost(long seconds, boolean goes) {
        FernetKeys.Read x = keys("x", "0=c 1=a 2=b");
        FernetKeys.Read y = aged(keys("y", "0=c 1=a 2=b"), "2", Duration.ofSeconds(seconds));

        if (goes) {
            assertThat(plan(x, y).drop()).containsOnlyKeys("1");
        } else {
            RotationDecision.Refuse refuse = refusal(PLAIN, x, y);
            assertThat(refuse.code()).isEqualTo("KR-KEYSTONE-005");
            assertThat(refuse.sentence())
                    .contains("key 1", "86400 s", "172800 s", "259260 s in all", "neededKeys");
        }
    }

    @Test
    void aKeyWhoseTimeIsNotKnownIsNeeded() {
        FernetKeys.Read x =
                new FernetKeys.Read(
                        "x",
                        Map.of("0", "c", "1", "a", "2", "b"),
                        java.util.Set.of(),
                        Map.of(),
                        KeySets.NOW);

        assertThat(refusal(PLAIN, x).sentence()).contains("it is not known that key 2 signs");
    }

    @Test
    void aNeededKeyStaysWhenThatIsAskedFor() {
        FernetKeys.Read x = aged(keys("x", "0=c 1=a 2=b"), "2", Duration.ofHours(1));
        RotationDecision.Rotate rotate =
                (RotationDecision.Rotate) RotationDecisions.plan(List.of(x), LIFE, KEEP);

        assertThat(rotate.goal())
                .isEqualTo(new RotationGoal("3", "c", Map.of("1", "a", "2", "b"), Map.of()));
        assertThat(rotate.sentences())
                .anyMatch(s -> s.startsWith("key 1 stays") && s.contains("2026-11-23T11:01:00Z"));
    }

    @Test
    void aLossThatIsAcceptedByNameStandsInThePlan() {
        FernetKeys.Read x = aged(keys("x", "0=c 1=a 2=b"), "2", Duration.ofHours(1));
        RotationDecision.Rotate rotate =
                (RotationDecision.Rotate)
                        RotationDecisions.plan(List.of(x), LIFE, RotationWish.of("refuse", "1, 2"));

        assertThat(rotate.goal())
                .isEqualTo(new RotationGoal("3", "c", Map.of(), Map.of("1", "a", "2", "b")));
        assertThat(rotate.sentences()).filteredOn(s -> s.startsWith("ACCEPTED LOSS")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "7"})
    void onlyAnOlderKeyCanBeDroppedByName(String name) {
        assertThat(refusal(RotationWish.of("refuse", name), keys("x", "0=c 1=a 2=b")).sentence())
                .contains("dropKeys: " + name, "1, 2");
    }

    private static RotationGoal plan(FernetKeys... seen) {
        RotationDecision decision = RotationDecisions.plan(List.of(seen), LIFE, PLAIN);
        assertThat(decision).isInstanceOf(RotationDecision.Rotate.class);
        return ((RotationDecision.Rotate) decision).goal();
    }

    private static List<String> sentences(FernetKeys... seen) {
        return ((RotationDecision.Rotate) RotationDecisions.plan(List.of(seen), LIFE, PLAIN))
                .sentences();
    }

    private static RotationDecision.Refuse refusal(RotationWish wish, FernetKeys... seen) {
        return (RotationDecision.Refuse) RotationDecisions.plan(List.of(seen), LIFE, wish);
    }
}
