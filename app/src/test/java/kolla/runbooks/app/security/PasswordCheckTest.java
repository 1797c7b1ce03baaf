package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Credentials RIGHT = new Credentials("ann", "right");
    private static final Credentials WRONG = new Credentials("ann", "wrong");

    private final IdentityService identity = mock(IdentityService.class);
    private final Clock clock = mock(Clock.class);
    private final PasswordCheck check = new PasswordCheck(identity, clock);

    @BeforeEach
    void atNoon() {
        when(clock.instant()).thenReturn(NOON);
        when(clock.getZone()).thenReturn(ZoneOffset.UTC);
        when(identity.checkPassword("ann", "right")).thenReturn(true);
    }

    @Test
    void asksCamundaOnceAMinuteForARightPassword() {
        assertThat(check.matches(RIGHT)).isTrue();
        assertThat(check.matches(RIGHT)).isTrue();
        verify(identity, times(1)).checkPassword("ann", "right");
        when(clock.instant()).thenReturn(NOON.plus(PasswordCheck.REMEMBERED));
        assertThat(check.matches(RIGHT)).isTrue();
        verify(identity, times(2)).checkPassword("ann", "right");
    }

    @Test
    void asksCamundaForEveryWrongOneSoThatItsLockOutCounts() {
        assertThat(check.matches(WRONG)).isFalse();
        assertThat(check.matches(WRONG)).isFalse();
        verify(identity, times(2)).checkPassword("ann", "wrong");
    }

    @Test
    void aRememberedPasswordDoesNotVouchForAnother() {
        assertThat(check.matches(RIGHT)).isTrue();
        assertThat(check.matches(WRONG)).isFalse();
        assertThat(check.matches(new Credentials("bob", "right"))).isFalse();
    }

    @Test
    void rememberedUsersAreBounded() {
        when(identity.checkPassword(anyString(), anyString())).thenReturn(true);
        for (int i = 0; i < 3000; i++) {
            assertThat(check.matches(new Credentials("u" + i, "p"))).isTrue();
        }
        assertThat(check.matches(RIGHT)).isTrue();
    }
}
