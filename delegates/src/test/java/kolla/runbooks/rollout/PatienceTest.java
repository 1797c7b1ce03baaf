package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {

    @ParameterizedTest
    @CsvSource({"0,150", "1000,150", "2000,250", "4000,500", "8000,1000", "3600000,1000"})
    void looksAreCloseTogetherAtFirstAndASecondApartLater(long waited, long pause) {
        assertThat(Patience.growing(Duration.ofMillis(waited))).hasMillis(pause);
    }

    @Test
    void aPauseIsToldHowLongItsWaitHasLasted() {
        List<Duration> told = new ArrayList<>();
        Instant now = Instant.parse("2026-03-01T03:00:00Z");
        Patience patience =
                new Patience(
                        () -> now,
                        new Patience.Pause() {
                            @Override
                            public void between() {
                                told.add(Duration.ZERO);
                            }

                            @Override
                            public void after(Duration waited) {
                                told.add(waited);
                            }
                        });

        patience.restSince(now.minusSeconds(7));
        patience.rest();

        assertThat(told).containsExactly(Duration.ofSeconds(7), Duration.ZERO);
    }
}
