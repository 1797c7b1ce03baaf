package kolla.runbooks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds",
        "PT0.4S, 0 seconds",
        "PT1S, 1 second",
        "PT5M, 5 minutes",
        "PT1H30M, 1 hour 30 minutes",
        "PT8H, 8 hours",
        "PT26H, 1 day 2 hours",
        "PT2H0M5S, 2 hours 5 seconds",
        "P180DT1H1M1S, 180 days 1 hour"
    })
    void aLengthIsSaidInTwoUnitsAtMost(String iso, String said) {
        assertThat(Spoken.of(iso)).isEqualTo(said);
    }
}
