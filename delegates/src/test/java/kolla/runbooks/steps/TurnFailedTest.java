package kolla.runbooks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import kolla.runbooks.failure.RunbookFailure;
import kolla.runbooks.journal.Masker;
import org.junit.jupiter.api.Test;

class TurnFailedTest {

    private static final Masker MASKER = new Masker(List.of("s3cr3t-word"));

    @Test
    void theLastLinesThatWereSeenFollowTheSentence() {
        List<String> seen = IntStream.rangeClosed(1, 9).mapToObj(i -> "line " + i).toList();

        assertThat(TurnFailed.words(failed(seen), MASKER).lines())
                .hasSize(6)
                .startsWith("KR-X-001 ctl1: it ended [ops-runbooks/errors/KR-X-001.md]", "line 5")
                .endsWith("line 9");
    }

    /** They become a process variable and a plan, which nobody masks later. */
    @Test
    void aServicesOwnWordsGiveNoSecretAway() {
        assertThat(
                        TurnFailed.words(
                                failed(List.of("mysql://keystone:s3cr3t-word@db/keystone")),
                                MASKER))
                .endsWith("mysql://keystone:***@db/keystone");
    }

    @Test
    void aLongLineIsCut() {
        assertThat(TurnFailed.words(failed(List.of("x".repeat(5000))), MASKER))
                .hasSizeLessThan(700);
    }

    private static RunbookFailure failed(List<String> evidence) {
        return RunbookFailure.person(
                "KR-X-001", "ctl1", "it ended", evidence.toArray(String[]::new));
    }
}
