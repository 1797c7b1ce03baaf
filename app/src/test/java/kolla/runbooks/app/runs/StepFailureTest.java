package kolla.runbooks.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kolla.runbooks.failure.RunbookFailure;
import org.junit.jupiter.api.Test;

class StepFailureTest {

    private static StepFailure parse(String headline) {
        return StepFailure.of(headline, "step", Optional.empty(), Instant.EPOCH, "i");
    }

    @Test
    void readsTheHeadlineOfAFailureOnAHost() {
        StepFailure failure =
                parse(RunbookFailure.person("KR-HOST-003", "ctl1", "key: is new").headline());
        assertThat(failure.code()).contains("KR-HOST-003");
        assertThat(failure.host()).contains("ctl1");
        assertThat(failure.message()).isEqualTo("key: is new");
        assertThat(failure.page()).contains("ops-runbooks/errors/KR-HOST-003.md");
    }

    @Test
    void readsTheHeadlineOfAFailureOfTheCluster() {
        StepFailure failure =
                parse(
                        RunbookFailure.person("KR-LEASE-001", "held [by\nsomebody]", List.of())
                                .headline());
        assertThat(failure.host()).isEmpty();
        assertThat(failure.message()).isEqualTo("held [by\nsomebody]");
    }

    @Test
    void readsAHeadlineWhoseEndTheEngineCutOff() {
        String headline = "KR-HOST-001 ctl1: not reachable [ops-runbooks/err";
        assertThat(parse(headline).message()).isEqualTo("not reachable");
        assertThat(parse(headline).page()).contains("ops-runbooks/errors/KR-HOST-001.md");
    }

    @Test
    void showsWhatNobodyForesawAsItStands() {
        assertThat(parse("NullPointerException").message()).isEqualTo("NullPointerException");
        assertThat(parse("NullPointerException").code()).isEmpty();
        assertThat(parse("").message()).isEqualTo("no message");
    }
}
