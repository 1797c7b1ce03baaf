package kolla.runbooks.upgrade;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import kolla.runbooks.failure.RunbookFailure;
import org.junit.jupiter.api.Test;

class WayBackTest {

    @Test
    void anUpgradeGoesBackToTheDefinitionAsItWasPlanned() {
        assertThatCode(() -> way("old", "target", "old").require(Road.UPGRADE, "lab"))
                .doesNotThrowAnyException();
    }

    @Test
    void anUpgradeDoesNotGoBackToADefinitionThatHasChangedSince() {
        assertThatThrownBy(() -> way("third", "target", "old").require(Road.UPGRADE, "lab"))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("has changed since the plan was made");
    }

    @Test
    void aReconfigurationGoesBackToWhatTheHostsWithoutATurnStillRun() {
        assertThatCode(
                        () ->
                                new WayBack(
                                                false,
                                                "old",
                                                "new",
                                                "new",
                                                List.of("ctl2"),
                                                List.of("ctl1"))
                                        .require(Road.RECONFIGURE, "lab"))
                .doesNotThrowAnyException();
    }

    @Test
    void aReconfigurationDoesNotGoBackToWhatItWasToReach() {
        assertThatThrownBy(() -> way("new", "new", "new").require(Road.RECONFIGURE, "lab"))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("still says what this run was to reach");
    }

    @Test
    void aReconfigurationDoesNotGoBackToAThirdThing() {
        WayBack third =
                new WayBack(
                        false,
                        "third",
                        "new",
                        "new",
                        List.of("ctl2", "ctl1"),
                        List.of("ctl1", "ctl3"));

        assertThatThrownBy(() -> third.require(Road.RECONFIGURE, "lab"))
                .isInstanceOf(RunbookFailure.class)
                .hasMessageContaining("is not what ran before: ctl1 had no turn yet");
    }

    /** A host that failed on the way back: the others are looked for again. */
    @Test
    void theWayBackIsTakenUpAgainAsLongAsTheDefinitionStays() {
        for (Road road : Road.values()) {
            WayBack again =
                    new WayBack(true, "old", "old", "old", List.of("ctl1"), List.of("ctl1"));
            WayBack forward = new WayBack(true, "new", "old", "old", List.of(), List.of());

            assertThatCode(() -> again.require(road, "lab")).doesNotThrowAnyException();
            assertThatThrownBy(() -> forward.require(road, "lab"))
                    .isInstanceOf(RunbookFailure.class)
                    .hasMessageContaining("has changed since the way back began");
        }
    }

    private static WayBack way(String now, String planned, String pinned) {
        return new WayBack(false, now, planned, pinned, List.of("ctl2"), List.of());
    }
}
